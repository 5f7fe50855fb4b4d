import Foundation
import Testing

/// A command that must fail, and how.
struct BadInput: CustomTestStringConvertible, Sendable {
  let arguments: String
  let status: Int32
  let message: String

  var testDescription: String { "featurevis \(arguments)" }

  /// A mistake in what the command is given: status 1.
  static func data(_ arguments: String, _ message: String) -> BadInput {
    BadInput(arguments: arguments, status: 1, message: message)
  }

  /// A mistake in the command line itself: status 64.
  static func usage(_ arguments: String, _ message: String) -> BadInput {
    BadInput(arguments: arguments, status: 64, message: message)
  }

  static let networks: [BadInput] = [
    .data("inspect none.onnx", "none.onnx: no such file"),
    .data("inspect none", "no network in the box of this name (there are picture-net"),
    .data("inspect small.json", "not a network file"),
    .data("inspect text.png", "Networks are read from .onnx, .keras"),
    .data("inspect .", "a folder is no network"),
    .data("inspect folder.onnx", "a folder is no network"),
    .data("inspect empty.onnx", "the file is empty"),
    .data("inspect empty.pth", "the file is empty"),
    .data("inspect /dev/null", "no regular file"),
    .data("inspect text.onnx/x.onnx", "Not a directory"),
    .data("inspect text.onnx", "not an ONNX file"),
    .data("inspect truncated.onnx", "damaged"),
    .data("inspect nan.onnx", "layer 'fc' has a NaN or infinite number in its bias"),
    .data("inspect contradiction.onnx", "contradiction.json"),
    .data("inspect free.onnx", "say one with --size"),
    .data("benchmark free.onnx", "say one with --size"),
    .data("predict free.onnx --image good.png", "say one with --size"),
    .data("visualize free.onnx --layer fc --units 1", "say one with --size"),
    .data("visualize nan.onnx --layer fc --units 1", "NaN"),
    .data("visualize bare.onnx --layer fc --units 1", "Put a bare.json beside it"),
    .data("predict bare.onnx --image good.png", "Put a bare.json beside it"),
    .data("visualize bare.onnx --layer fc --units 1 --mean 1", "value range"),
    .data("visualize tabular.onnx --units 0", "for example: --range 0,1\n"),
    .data(
      "predict tabular.onnx --image good.png --range 0,1", "'featurevis run' takes any numbers"),
    .data(
      "visualize tabular.onnx --units 0 --range 0,1 --channel-order gray --size 4x4",
      "'x' of 10 numbers cannot work with pictures of 4×4×1: they have 16"),
    .data(
      "visualize tabular.onnx --units 0 --range 0,1 --channel-order RGB",
      "say the height and width of the picture with --size"),
    .data("visualize tabular.onnx --units 0 --range 0,1 --channel-order 9", "10 numbers"),
    .data(
      "visualize two.onnx --layer fc --units 1 --range 0,1 --channel-order a,b,c",
      "2 channels cannot work with 3 channels 'a', 'b', 'c'"),
    .data(
      "visualize two.onnx --layer fc --units 1 --range 0,1 --channel-order near,far --show farr",
      "did you mean 'far'"),
    .data(
      "visualize two.onnx --layer fc --units 1 --range 0,1 --channel-order near,far --show near,far",
      "2 channels: say three"),
    .data(
      "visualize two.onnx --layer fc --units 1 --range 0,1 --preset act-max-util", "--preset lucid"),
    .data("visualize two.onnx --layer fc --units 1 --range 0,1 --channel-order a,a", "called 'a'"),
    .data("visualize two.onnx --layer fc --units 1 --range 0,1 --start good.png", "no picture"),
    .data("inspect tabular.onnx --size 8", "no input of this network is a picture"),
    .data("predict two.onnx --image good.png --range 0,1", "which no picture file holds"),
    .data(
      "visualize two.onnx --layer fc --units 1 --range 0,1 --channel-order RGB",
      "2 channels cannot work with RGB"),
  ]

  static let targets: [BadInput] = [
    .data("visualize small.onnx --layer fcc --units 1", "did you mean 'fc'"),
    .data("visualize small.onnx --layer 99 --units 1", "no layer '#99'"),
    .data("visualize small.onnx --layer fc --units 5", "layer 'fc' has units 0 to 4, not 5"),
    .data("visualize small.onnx --layer fc --units 1,2+9", "layer 'fc' has units 0 to 4, not 9"),
    .data("visualize small.onnx --layer relu1 --units 6 --size 20", "units 0 to 5, not 6"),
    .data(
      "visualize small.onnx --layer relu1 --units 1 --size 20 --position 20,3",
      "layer 'relu1' has rows 0 to 19 and columns 0 to 19, no position 20,3"),
    .data("visualize small.onnx --layer fc --units 1 --position center", "is no feature map"),
    .data("visualize small.onnx --layer fc --units 1 --tokens 1..", "layer 'fc' has no tokens"),
    .data(
      "visualize small.onnx --layer relu1 --units 1 --head 0/4 --size 20", "not those of 4 heads"),
    .data("visualize small.onnx --layer fc --units 0 --head 0", "no axis of heads"),
    .data(
      "visualize small.onnx --layer relu1 --units 2 --head 1/3 --size 20", "units 0 to 1, not 2"),
    .usage("visualize small.onnx --layer fc --units 0 --head 1/0", "--head"),
    .usage("visualize small.onnx --layer fc --units 0 --tokens 3..1", "--tokens"),
    .usage(
      "visualize small.onnx --layer relu1 --units 0 --tokens 1.. --position center", "--position"),
    .data(
      "benchmark small.onnx --layer relu1 --position 0,32", "columns 0 to 31, no position 0,32"),
    .usage("visualize small.onnx --layer relu1 --units 1 --position=-1,2", "--position"),
    .usage("visualize small.onnx --layer relu1 --units 1 --position 3", "--position"),
    .data("benchmark small.onnx --layer conv", "'conv1'"),
    .data("run small.onnx --input x.npy --layer conv --output y.npy", "'conv1'"),
    .data(
      "run small.onnx --input x.npy --layer fc --output y.npy --unit 5 --gradient g.npy",
      "units 0 to 4, not 5"),
    .data("visualize small.onnx --layer fc --units doge", "no class 'doge'; did you mean 'dog'"),
    .data("visualize small.onnx --layer relu2 --units dog", "labels are another layer's"),
    .data(
      "run small.onnx --input x.npy --layer fc --output y.npy --unit doge --gradient g.npy",
      "did you mean 'dog'"),
    .data("visualize bare.onnx --layer fc --units dog --range 0,1", "the network has no labels"),
    .data("visualize small.onnx --layer fc", "say which units: --units 130,20, or --units all (5"),
    .data("visualize small.onnx --units 1 --start text.png", "text.png"),
    .usage("visualize small.onnx --layer fc --units 1,,2", "--units"),
    .usage("visualize small.onnx --layer fc --units 1+", "--units"),
    .usage("visualize small.onnx --layer fc --units=-1", "--units"),
  ]

  static let options: [BadInput] = [
    .usage("visualize small.onnx --layer fc --units 1 --steps 0", "--steps 0 is not positive"),
    .usage("visualize small.onnx --layer fc --units 1 --steps many", "--steps"),
    .usage("visualize small.onnx --layer fc --units 1 --size 0", "--size 0 is not positive"),
    .usage("visualize small.onnx --layer fc --units 1 --seed=-1", "--seed"),
    .usage("visualize small.onnx --layer fc --units 1 --preset lucit", "lucid, keras-vis"),
    .usage("visualize small.onnx --layer fc --units 1 --range 1,0", "--range"),
    .usage("visualize small.onnx --layer fc --units 1 --range 0,nan", "--range"),
    .usage("visualize small.onnx --layer fc --units 1 --channel-order XYZ", "--channel-order"),
    .usage("visualize small.onnx --layer fc --units 1 --channel-order 0", "--channel-order"),
    .usage("visualize small.onnx --layer fc --units 1 --channel-order a,,b", "--channel-order"),
    .data("visualize small.onnx --layer fc --units 1 --show blu", "did you mean 'blue'"),
    .data("visualize small.onnx --layer fc --units 1 --mean 1,2", "3 means"),
    .data("visualize small.onnx --layer fc --units 1 --std 0", "deviations positive"),
    .data("visualize small.onnx --layer fc --units 1 --channel-order gray", "3 channels"),
    .usage(
      "visualize small.onnx --layer fc --units 1 --total-variation inf", "--total-variation inf"),
    .usage("visualize small.onnx --units 1 --steps 9223372036854775807", "--steps"),
    .usage("visualize small.onnx --units 1 --steps 9223372036854775808", "--steps"),
    .usage("visualize small.onnx --units 1 --size 9223372036854775807", "is more than 16,384"),
    .usage("visualize small.onnx --units 1 --size 32x0", "--size 0 is not positive"),
    .usage("visualize small.onnx --units 1 --size 32x32x3", "--size"),
    .usage("visualize small.onnx --units 1 --size 32x", "--size"),
    .usage("visualize small.onnx --units 1 --jitter 9223372036854775807", "--jitter"),
    .usage("visualize small.onnx --units 1 --jitter=-1", "--jitter"),
    .usage("visualize small.onnx --units 1 --seed 18446744073709551616", "--seed"),
    .usage("visualize small.onnx --units 1 --plain --half", "exclude each other"),
    .usage("visualize small.onnx --units 1 --backprop odd", "guided"),
    .usage("visualize small.onnx --units 1 --optimizer adm(0.1)", "adam"),
    .usage("visualize small.onnx --units 1 --schedule linear(0)", "'to' is missing"),
    .usage("visualize small.onnx --units 1 --objective channel(fc)", "--units"),
    .usage("visualize small.onnx --units 1 --jitter 4 --transform jitter(3)", "--transform"),
    .usage("visualize small.onnx --units 1 --total-variation 4 --prior lp-norm", "--prior"),
    .usage("visualize small.onnx --objective channel(fc) --pictures 0", "--pictures"),
    .usage("visualize small.onnx --objective channel(fc) --views 0", "--views"),
    .data("visualize small.onnx --objective chanel(fc)", "\n  here could stand: channel"),
    .data("visualize small.onnx --objective channel(fd)", "fc"),
    .data("visualize small.onnx --objective channel(fc,9)", "9"),
    .data("visualize small.onnx --objective 3", "raises nothing"),
    .data("visualize small.onnx --units 1 --transform jitter(", "the text ends too early"),
    .data("visualize small.onnx --units 1 --transform padding(x)", "this is no number"),
    .data("visualize small.onnx --units 1 --grad-modifier masked(none.png)", "none.png"),
    .data(
      "visualize small.onnx --units 1 --parameterization fourier(decay:-)", "does not belong here"),
    .data("visualize small.onnx --units 1 --recipe none.json", "--recipe none.json"),
    .data("visualize small.onnx --units 1 --recipe text.png", "--recipe text.png"),
    .data("words objectives", "objective, transformation"),
    .usage("visualize small.onnx --units 1 --memory 0", "--memory"),
    .usage("visualize small.onnx --units 1 --memory=-1GB", "--memory"),
    .usage("visualize small.onnx --units 1 --memory 1e9", "--memory"),
    .usage("visualize small.onnx --units 1 --memory 9999999999GB", "--memory"),
    .data("run small.onnx --input x.npy --layer fc --output y.npy --memory 10kB", "--memory"),
    .data("benchmark small.onnx --memory 10kB --steps 1", "--memory"),
    .data("benchmark small.onnx --batch 1000000 --steps 1", "raise the limit"),
    .data("visualize small.onnx --layer relu1 --units 1 --size 16384 --memory 1GB", "--memory"),
    .usage("inspect small.onnx --size 9223372036854775807", "is more than 16,384"),
    .usage("benchmark small.onnx --batch 9223372036854775807", "--batch"),
    .usage("benchmark small.onnx --threads 9223372036854775807", "--threads"),
    .usage("benchmark small.onnx --unit=-1", "--unit -1 is negative"),
    .data("benchmark small.onnx --unit 9223372036854775807", "units 0 to 4"),
    .data("visualize small.onnx --units 9223372036854775807", "units 0 to 4"),
    .data("visualize small.onnx --layer=-9223372036854775808 --units 1", "no layer"),
    .data(
      "visualize small.onnx --layer relu1 --units 1 --position 9223372036854775807,0",
      "no position"),
    .usage("predict small.onnx", "--image"),
    .usage("predict small.onnx --image good.png --top 0", "--top 0 is not positive"),
    .usage("benchmark small.onnx --steps 0", "--steps 0 is not positive"),
    .usage("benchmark small.onnx --threads 0", "--threads 0 is not positive"),
    .usage("run small.onnx --input x.npy --layer fc --output y.npy --unit 1", "--gradient"),
    .usage("run small.onnx --input x.npy --layer fc --output y.npy --backprop guided", "--unit"),
    .usage("run small.onnx --input x.npy --layer fc --output y.npy --backprop odd", "guided"),
    .usage("paint small.onnx", "paint"),
  ]

  static let files: [BadInput] = [
    .data("predict small.onnx --image text.png", "not a PNG or JPEG picture"),
    .data("predict small.onnx --image cut.png", "truncated or damaged"),
    .data("predict small.onnx --image none.png", "cannot read picture 'none.png'"),
    .data("run small.onnx --input text.png --layer fc --output y.npy", "not a NumPy"),
    .data("run small.onnx --input four.npy --layer fc --output y.npy", "[any, 32, 32, 3]"),
    .data("run small.onnx --input x.npy --layer fc --output file/y.npy", "file is not a folder"),
    .data(
      "run small.onnx --input x.npy --layer fc --output y.npy --unit 1 --gradient file/g.npy",
      "file is not a folder"),
    .data("visualize small.onnx --layer fc --units 1 --output file", "file is not a folder"),
    .data(
      "visualize small.onnx --layer fc --units 1 --output file/a/p.png", "file is not a folder"),
    .data("visualize small.onnx --layer fc --units 1 --report file/r.json", "file is not a folder"),
    .data("visualize small.onnx --layer fc --units 1 --sheet folder.png", "it is a folder"),
    .data("visualize small.onnx --layer fc --units 1 --report folder.png", "it is a folder"),
    .data("visualize small.onnx --layer fc --units 1 --sheet s.gif", ".png or .jpg"),
    .data("visualize small.onnx --layer fc --units 1 --sheet s", ".png or .jpg"),
    .data("run small.onnx --input x.npy --layer fc --output x.npy", "they are one file"),
    .data("convert small.onnx ./small.onnx", "they are one file"),
    .data(
      "run small.onnx --input x.npy --layer fc --output z.npy --unit 1 --gradient ./z.npy",
      "they are one file"),
    .data(
      "visualize small.onnx --layer fc --units 1 --output \(String(repeating: "n", count: 252)).png",
      "a file's name may have 255"),
    .data("visualize small.onnx --layer fc --units 1,2 --output p.png", "2 pictures need a folder"),
    .data("visualize small.onnx --layer fc --units 1 --output p.gif", ".png or .jpg"),
  ]
}
