import Attribution
import CFVTestData
import Foundation
import NetworkFormats
import Testing

/// Prints what maps of GoogLeNet cost beside a forward and backward pass, taken in turns:
/// `FEATUREVIS_MEASURE=1 swift test -c release --filter CostMeasurement`. It measures and expects nothing.
@Suite(
  "Cost of maps", .serialized,
  .enabled(if: ProcessInfo.processInfo.environment["FEATUREVIS_MEASURE"] == "1"))
struct CostMeasurement {
  @Test("Grad-CAM and SmoothGrad of GoogLeNet beside a forward and backward pass")
  func googLeNet() throws {
    guard let file = DataFolder.item("networks/googlenet-imagenet.onnx") else { return }
    let network = try ONNXFile.load(file).network
    let flamingo = ActivationMaximization(layer: "loss3/classifier", units: [130])
    var generator = SeededGenerator(seed: 1)
    let picture = Tensor(
      shape: [1, 224, 224, 3],
      elements: (0..<224 * 224 * 3).map { _ in Float(generator.uniform()) })
    let evaluator = try ObjectiveEvaluator(network, flamingo)
    func question(_ batchSize: Int) throws -> AttributionQuestion {
      try AttributionQuestion(network, flamingo, at: picture, batchSize: batchSize)
    }
    // Fifty samples go evenly into batches of 1, 5 and 10; eight, the most unless told, means five.
    let samples = 50
    let questions = try [1, 8, 10].map { ($0, try question($0)) }
    var works: [(name: String, passes: Double, work: () throws -> Void)] = [
      ("forward and backward", 1, { _ = try evaluator.evaluate(at: picture) }),
      ("grad-cam", 1, { _ = try questions[0].1.answer(by: .gradCAM()) }),
      ("saliency", 1, { _ = try questions[0].1.answer(by: .saliency) }),
    ]
    for (size, question) in questions {
      works.append(
        (
          "smooth-grad in batches of at most \(size), a sample", Double(samples),
          {
            _ = try question.answer(by: .smoothGrad(samples: samples))
          }
        ))
    }
    for work in works { try work.work() }
    var times = works.map { _ in [Double]() }
    var processorTimes = times
    for _ in 0..<9 {
      for (index, work) in works.enumerated() {
        let start = clock()
        let time = try ContinuousClock().measure { try work.work() }
        // What others do on the machine does not count here.
        processorTimes[index].append(
          Double(clock() - start) / Double(CLOCKS_PER_SEC) * 1000 / work.passes)
        times[index].append(time / .milliseconds(1) / work.passes)
      }
    }
    for (index, work) in works.enumerated() {
      func report(_ times: [[Double]], _ pick: ([Double]) -> Double) -> String {
        let (own, pass) = (pick(times[index]), pick(times[0]))
        return "\((own * 10).rounded() / 10) ms, \((own / pass * 100).rounded() / 100) of a pass"
      }
      let median = { (times: [Double]) in times.sorted()[times.count / 2] }
      print(
        "\(work.name): median \(report(times, median)); least \(report(times) { $0.min() ?? 0 }); "
          + "processor's median \(report(processorTimes, median))")
    }
  }
}
