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

  /// Refuses files that hold charts alone, where pictures are no charts.
  func validate(_ files: [OutputFile]) throws {
    guard let file = files.first(where: \.isVector), !isChart else { return }
    throw ToolError(
      "cannot write '\(file.path)': an .svg holds the curves of a signal or bars of features; pictures are written as .png or .jpg"
    )
  }

  /// Whether signals and features are drawn, and no pictures.
  private var isChart: Bool { form.kind == .signal || form.kind == .vector }

  /// Writes a picture `[1, H, W, C]`, its chart into an `.svg` file, or the numbers that the network takes into a `.npy` one.
  func write(_ picture: Tensor, to file: OutputFile) throws {
    if file.isArray {
      let numbers = try form.input(of: picture, as: specification)
      try file.write { try NumPyFile($0).write(numbers) }
    } else if file.isVector, let chart = try chart(of: picture) {
      try file.write { try ChartFile($0).write(chart) }
    } else {
      let visible = try visible(picture)
      try file.write { try PictureFile($0).write(visible) }
    }
  }

  /// A picture in colours or grey that shows `picture`, `[1, H, W, C]`.
  func visible(_ picture: Tensor) throws -> Tensor {
    let order = specification.channelOrder
    if let chart = try chart(of: picture) { return chart.picture }
    if let shown { return try view.pictures(picture, showing: shown) }
    guard case .named(let channels) = order, channels.count > 1 else { return picture }
    if channels.contains(where: { $0.color != nil }) { return try view.picturesInColors(picture) }
    return ContactSheet(channelsOf: picture, named: channels.map(\.name)).picture
  }

  /// A signal's curves or the bars of features; `nil` of anything else.
  private func chart(of picture: Tensor) throws -> (any Chart)? {
    guard form.kind == .signal || (form.kind == .vector && picture.shape[1] == 1) else {
      return nil
    }
    let (numbers, channels) = try chosen(picture)
    return picture.shape[2] == 1 && picture.shape[3] > 1
      ? FeatureChart(numbers, features: channels, valueRange: specification.valueRange)
      : SignalChart(numbers, channels: channels, valueRange: specification.valueRange)
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
