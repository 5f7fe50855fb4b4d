import ConvolutionalNetworks
import FeatureVisualization
import Foundation
import NetworkFormats
import PictureFiles

/// What a person gets to see of a network's pictures: the picture itself, chosen channels, a sheet of all, curves or bars.
struct PictureRendering {
  private let form: InputForm
  private let specification: InputSpecification
  /// The channels that are asked for, in this order.
  private let shown: [String]?

  private var view: ChannelView { ChannelView(specification.channelOrder.channels) }

  /// - Parameter shown: the channels to show: three as colours, one in grey, any number of a signal's.
  /// - Throws: `VisualizationError` for names that no channel has, or as many as cannot be shown.
  init(_ subject: PictureNetwork, showing shown: [String]?) throws {
    form = subject.form
    specification = subject.specification
    self.shown = shown
    guard let shown else { return }
    for name in shown { _ = try view.place(of: name) }
    // One pixel tells whether so many can be shown.
    if form.isPicture {
      _ = try view.pictures(Tensor(shape: [1, 1, 1, form.channels]), showing: shown)
    }
  }

  /// Writes a picture `[1, H, W, C]`, or the numbers that the network takes into a `.npy` file.
  func write(_ picture: Tensor, to file: OutputFile) throws {
    if file.isArray {
      let numbers = try form.input(of: picture, as: specification)
      try file.write { try NumPyFile($0).write(numbers) }
    } else {
      let visible = try visible(picture)
      try file.write { try PictureFile($0).write(visible) }
    }
  }

  /// A picture in colours or grey that shows `picture`, `[1, H, W, C]`.
  func visible(_ picture: Tensor) throws -> Tensor {
    let order = specification.channelOrder
    if form.kind == .signal || (form.kind == .vector && picture.shape[1] == 1) {
      let (numbers, channels) = try chosen(picture)
      return picture.shape[2] == 1 && picture.shape[3] > 1
        ? FeatureChart(numbers, features: channels, valueRange: specification.valueRange).picture
        : SignalChart(numbers, channels: channels, valueRange: specification.valueRange).picture
    }
    if let shown { return try view.pictures(picture, showing: shown) }
    guard case .named(let channels) = order, channels.count > 1 else { return picture }
    if channels.contains(where: { $0.color != nil }) { return try view.picturesInColors(picture) }
    return ContactSheet(channelsOf: picture, named: channels.map(\.name)).picture
  }

  /// The channels that are asked for, of a signal or of features.
  private func chosen(_ picture: Tensor) throws -> (numbers: Tensor, channels: [InputChannel]) {
    let channels = specification.channelOrder.channels
    guard let shown else { return (picture, channels) }
    let places = try shown.map { try view.place(of: $0) }
    let elements = picture.elements
    let pixels = picture.count / channels.count
    return (
      Tensor(
        shape: picture.shape.dropLast() + [places.count],
        elements: (0..<pixels).flatMap { pixel in
          places.map { elements[pixel * channels.count + $0] }
        }), places.map { channels[$0] }
    )
  }
}
