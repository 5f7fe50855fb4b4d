import ConvolutionalNetworks
import FeatureGroups
import Foundation
import PictureFiles

/// A picture, where each of its groups is, and what they look for.
struct GroupSheet {
  private let groups: NeuronGroups
  private let photo: Tensor
  private let drawn: Tensor

  /// - Parameters:
  ///   - photo: `[1, H, W, C]`, C = 1 or 3.
  ///   - drawn: a picture for each group, or for the first ones, `[N, h, w, C]`.
  init(_ groups: NeuronGroups, of photo: Tensor, _ drawn: Tensor) {
    (self.groups, self.photo, self.drawn) = (groups, photo, drawn)
  }

  /// Two rows: the picture and where groups are, all groups in colours and what is drawn of each.
  var picture: Tensor {
    let maps = groups.groups.map { large($0.map) }
    let captions = groups.groups.enumerated().map { number, group in
      "\(number + 1): \((100 * group.share).fixed(1)) %"
    }
    let pictures = (0..<drawn.shape[0]).map(drawn.picture)
    return ContactSheet(
      [photo] + maps.map(lit) + [colored(maps)] + pictures,
      captions: [""] + captions + [""] + pictures.indices.map { "\($0 + 1)" },
      columns: maps.count + 1
    ).picture
  }

  /// A map as large as the photo, 0…1 of its largest value.
  private func large(_ map: Tensor) -> Tensor {
    let largest = map.maximum() ?? 0
    return map.map { largest > 0 ? $0 / largest : 0 }
      .resized(height: photo.shape[1], width: photo.shape[2])
  }

  /// The photo, dark where the group is not.
  private func lit(_ map: Tensor) -> Tensor {
    let (channels, amounts, pixels) = (photo.shape[3], map.elements, photo.elements)
    return Tensor(
      shape: photo.shape,
      elements: pixels.indices.map { pixels[$0] * (0.25 + 0.75 * amounts[$0 / channels]) })
  }

  /// The photo in grey, each group's share in a colour of its own.
  private func colored(_ maps: [Tensor]) -> Tensor {
    let channels = photo.shape[3]
    let (pixels, amounts) = (photo.elements, maps.map(\.elements))
    let colors = maps.indices.map { Self.color(of: Double($0) / Double(maps.count)) }
    var elements: [Float] = []
    for pixel in 0..<pixels.count / channels {
      let gray =
        (0..<channels).reduce(Float(0)) { $0 + pixels[pixel * channels + $1] }
        / Float(channels)
      for channel in 0..<3 {
        var light: Float = 0
        for group in maps.indices { light += amounts[group][pixel] * colors[group][channel] }
        elements.append(min(1, 0.35 * gray + light * (0.35 + 0.5 * gray)))
      }
    }
    return Tensor(shape: Array(photo.shape[..<3]) + [3], elements: elements)
  }

  /// A bright colour of a hue, 0…1 round the circle.
  private static func color(of hue: Double) -> [Float] {
    [0.0, 1, 2].map { channel in
      let angle = 2 * Double.pi * (hue - channel / 3)
      return Float(max(0, 0.5 + 0.5 * cos(angle)))
    }
  }
}
