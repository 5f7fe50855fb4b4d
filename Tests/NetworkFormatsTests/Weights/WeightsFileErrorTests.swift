import CFVFiles
import CFVTestData
import ConvolutionalNetworks
import Foundation
import Testing

@testable import NetworkFormats

/// Protects against files that are damaged or meant to harm: each ends in an error that says what is wrong.
@Suite struct WeightsFileErrorTests {
  private func error(of file: String) -> WeightsFileError? {
    #expect(throws: WeightsFileError.self) {
      try StateDictionary(contentsOf: Fixture.url(file))
    }
  }

  @Test func `what is there to be run is refused by name, all of it, and not run`() {
    #expect(error(of: "forbidden.pt")?.problem == .forbiddenGlobals(["__builtin__.print"]))
    #expect(
      error(of: "commands.pt")?.problem == .forbiddenGlobals(["posix.system", "__builtin__.eval"]))
  }

  @Test(
    arguments: [
      ("module.pt", "torch.nn.modules.linear.Linear"),
      ("module_nested.pt", "torch.nn.modules.linear.Linear"),
      ("module_traced.pt", "torch.fx.graph_module.reduce_graph_module"),
    ])
  func `whole modules are told apart, with the line that saves their weights`(
    file: String, maker: String
  ) {
    let error = error(of: file)
    #expect(error?.problem == .wholeModule(maker))
    #expect(error?.reason.contains("torch.load('\(file)', weights_only=False") == true)
    #expect(error?.reason.contains("state_dict()") == true)
    #expect(error?.reason.contains("torch.onnx.export") == true)
  }

  @Test func `programs are told apart, with the line that exports them`() {
    let script = error(of: "program.ts")
    #expect(script?.problem == .torchScript)
    #expect(script?.reason.contains("torch.onnx.export(torch.jit.load('program.ts'") == true)
    #expect(error(of: "program.pt2")?.problem == .exportedProgram)
  }

  /// The files that showed it.
  @Test(arguments: [("torchscript.pt", "TorchScript"), ("whole_module.pt", "a whole module")])
  func `published cases`(file: String, message: String) throws {
    guard let url = DataFolder.item("cases/\(file)") else { return }
    let error = #expect(throws: WeightsFileError.self) { try StateDictionary(contentsOf: url) }
    #expect(error?.reason.contains(message) == true)
    #expect(error?.reason.contains("python -c") == true)
  }

  @Test func `other pickles are told apart`() {
    #expect(
      error(of: "list.pt")?.problem == .unsupported("a pickle that is no dictionary of tensors"))
    #expect(
      error(of: "other.pkl")?.problem == .unsupported("a pickle that torch.save has not written"))
  }

  @Test func `a tensor larger than its storage is refused`() {
    let error = error(of: "expanded.pt")
    #expect(error?.tensor == "weight")
    #expect("\(error!)".contains("[1000, 1000] with strides [0, 0] overlap"), "\(error!)")
  }

  @Test func `a missing file and a missing tensor are named`() throws {
    let missing = #expect(throws: WeightsFileError.self) {
      try StateDictionary(contentsOf: URL(fileURLWithPath: "/nowhere/weights.pt"))
    }
    #expect(missing?.problem == .unreadable(reason: "No such file or directory"))
    let folder = try TemporaryFolder()
    let noFile = #expect(throws: WeightsFileError.self) {
      try StateDictionary(contentsOf: folder.url)
    }
    #expect(noFile?.problem == .unreadable(reason: "Is a directory"))
    let weights = try StateDictionary(contentsOf: Fixture.url("nested.pt"))
    let unknown = #expect(throws: WeightsFileError.self) { try weights.tensor(named: "x") }
    #expect(unknown?.tensor == "x" && unknown?.problem == .missing)
  }

  @Test(arguments: ["archive.pt", "legacy.pth", "tensors.safetensors"])
  func `a file cut anywhere is refused`(file: String) throws {
    let data = try Data(contentsOf: Fixture.url(file))
    for count in 0..<data.count {
      #expect(throws: WeightsFileError.self, "\(count) bytes") {
        try StateDictionary(FileBytes(data.prefix(count), name: file))
      }
    }
  }

  private func safetensors(_ header: String, dataCount: Int) -> FileBytes {
    let length = UInt64(header.utf8.count).littleEndian
    return FileBytes(
      Data(withUnsafeBytes(of: length, Array.init)) + Data(header.utf8) + Data(count: dataCount),
      name: "x.safetensors")
  }

  @Test(arguments: [
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 9, "belong to no tensor"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 7, "its bytes end at 8 of the 7"),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12, "begin at 4"),
    (#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, 8, "8 bytes are not the 12"),
    (#"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8, "[-2] is impossible"),
    (
      #"{"a":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,8]}}"#, 8,
      "is impossible"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
      "is impossible"
    ),
    (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, 8, "'a'"),
    (
      #"{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]},"b":{"dtype":"C64","shape":[],"data_offsets":[1,9]}}"#,
      9, "numbers of type C64, F4"
    ),
    (
      """
      {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},\
      "b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}
      """, 12,
      "tensor 'b': truncated or damaged: its bytes begin at 4 where those before it end at 8"
    ),
    (#"{"a":{"dtype":"F32","shape":[2]}}"#, 8, "no JSON object of tensors"),
    (#"{"a":"#, 8, "no JSON object of tensors"),
  ])
  func `a safetensors header that does not fit its bytes is refused`(
    header: String, dataCount: Int, message: String
  ) {
    let error = #expect(throws: WeightsFileError.self) {
      try StateDictionary(safetensors(header, dataCount: dataCount))
    }
    #expect("\(error!)".contains(message), "\(error!)")
  }

  @Test func `metadata is no tensor`() throws {
    let weights = try StateDictionary(
      safetensors(
        #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} "#,
        dataCount: 4))
    #expect(weights.names == ["a"])
  }

  @Test func `a header longer than the file is refused before it is read`() {
    let error = #expect(throws: WeightsFileError.self) {
      try StateDictionary(
        FileBytes(Data([0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, UInt8(ascii: "{")]), name: "x"))
    }
    #expect("\(error!)".contains("its header does not fit"), "\(error!)")
  }
}
