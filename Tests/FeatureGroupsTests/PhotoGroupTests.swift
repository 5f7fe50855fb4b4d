import CFVTestData
import FeatureGroups
import NetworkFormats
import PictureFiles
import Testing

/// A real layer of a real photo: hundreds of units, numbers of all sizes.
@Suite("Groups of a photo by GoogLeNet") struct PhotoGroupTests {
  /// scikit-learn finds the same six groups: make_photo_groups.py. Pictures are resized by other filters, so that numbers agree
  /// to some per cent.
  @Test func `groups are those of scikit-learn`() throws {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx"),
      let photo = DataFolder.item("photos/parrot.png")
    else { return }
    let network = try ONNXFile.load(file).network
    let picture = try PictureFile(photo).read().resizedToFill(height: 224, width: 224)
    let found = try network.neuronGroups(of: picture, at: "inception_4c/output")
    let fixture = try Fixture("photo-groups")
    #expect(abs(found.explainedShare - fixture.numbers("explained")[0]) < 0.01)
    #expect(difference(found.groups.map(\.share), fixture.numbers("shares")) < 0.01)
    let peaks = found.groups.flatMap { [Double($0.peak.row), Double($0.peak.column)] }
    #expect(difference(peaks, fixture.numbers("peaks")) <= 1)
  }

  /// The layer that is taken unless one is named.
  @Test func `the last feature map is before the pooling over all of it`() throws {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let network = try ONNXFile.load(file).network
    #expect(try network.lastFeatureMap() == "inception_5b/output")
  }
}
