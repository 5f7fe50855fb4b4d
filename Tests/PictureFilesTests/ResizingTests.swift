import ConvolutionalNetworks
import PictureFiles
import Testing

@Suite("Resizing and cropping")
struct ResizingTests {
  /// Protects sample positions: half-pixel centres, edges repeated.
  ///
  /// torch.nn.functional.interpolate(x, size, mode="bilinear", antialias=True) gives the same numbers.
  @Test func enlargingInterpolates() {
    let row = Tensor(shape: [1, 2, 1], elements: [0, 1])
    #expect(row.resized(height: 1, width: 4).elements == [0, 0.25, 0.75, 1])
    let column = Tensor(shape: [2, 1, 1], elements: [0, 1])
    #expect(column.resized(height: 4, width: 1).elements == [0, 0.25, 0.75, 1])
  }

  /// Protects antialiasing: every input pixel counts, stripes become grey.
  @Test func shrinkingAverages() {
    let row = Tensor(shape: [1, 4, 1], elements: [0, 1, 2, 3])
    let expected: [Float] = [5.0 / 7, 16.0 / 7]
    for (value, right) in zip(row.resized(height: 1, width: 2).elements, expected) {
      #expect(abs(value - right) < 1e-6)
    }
    let stripes = Tensor(shape: [1, 64, 1], elements: (0..<64).map { Float($0 % 2) })
    let shrunk = stripes.resized(height: 1, width: 8).elements
    #expect(shrunk.allSatisfy { abs($0 - 0.5) < 0.05 })
  }

  /// Protects against a direct two-dimensional sum in double precision, odd sizes both ways.
  @Test(arguments: [(5, 7), (14, 3), (3, 19), (1, 1), (9, 11)])
  func equalsTheFormula(height: Int, width: Int) {
    let picture = Tensor(
      shape: [2, 9, 11, 3], elements: (0..<594).map { Float($0 * 7919 % 1000) / 1000 })
    let resized = picture.resized(height: height, width: width)
    #expect(resized.shape == [2, height, width, 3])
    for n in 0..<2 {
      for y in 0..<height {
        for x in 0..<width {
          for c in 0..<3 {
            var sum = 0.0
            var total = 0.0
            for j in 0..<9 {
              for i in 0..<11 {
                let weight = triangle(j, y, 9, height) * triangle(i, x, 11, width)
                sum += weight * Double(picture[n, j, i, c])
                total += weight
              }
            }
            #expect(abs(Double(resized[n, y, x, c]) - sum / total) < 1e-6)
          }
        }
      }
    }
  }

  private func triangle(_ j: Int, _ i: Int, _ input: Int, _ output: Int) -> Double {
    let ratio = Double(input) / Double(output)
    let center = (Double(i) + 0.5) * ratio - 0.5
    return max(0, 1 - abs(Double(j) - center) / max(1, ratio))
  }

  /// Protects pictures that already fit: no rounding.
  @Test func sameSizeIsTheSame() {
    let picture = SamplePicture.gradient(height: 6, width: 5)
    #expect(picture.resized(height: 6, width: 5) == picture)
    #expect(picture.resizedToFill(height: 6, width: 5) == picture)
    #expect(picture.centerCropped(height: 6, width: 5) == picture)
  }

  /// Protects the place of the crop: the middle, the spare row and column cut at the end.
  @Test func cropIsCentred() {
    let picture = Tensor(shape: [2, 4, 5, 1], elements: (0..<40).map(Float.init))
    let crop = picture.centerCropped(height: 1, width: 2)
    #expect(crop == Tensor(shape: [2, 1, 2, 1], elements: [6, 7, 26, 27]))
  }

  /// Protects proportions: what is too long is cut, not squeezed.
  @Test func fillingCutsTheLongerSide() {
    // A white square of 10 × 10 in the middle of 10 × 30.
    let wide = Tensor(
      shape: [10, 30, 1], elements: (0..<300).map { (10..<20).contains($0 % 30) ? 1 : 0 })
    #expect(wide.resizedToFill(height: 5, width: 5) == Tensor(shape: [5, 5, 1], repeating: 1))
    let high = wide.transposed([1, 0, 2])
    #expect(high.resizedToFill(height: 20, width: 20) == Tensor(shape: [20, 20, 1], repeating: 1))
    #expect(wide.resizedToFill(height: 20, width: 60).shape == [20, 60, 1])
    #expect(Tensor(shape: [1, 300, 3]).resizedToFill(height: 40, width: 1).shape == [40, 1, 3])
  }
}
