#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#endif

/// `eˣ / Σ eˣ` along an axis, or its logarithm.
struct SoftmaxOperation: TensorOperation {
  let axis: Int
  let isLogarithmic: Bool

  var name: String { "\(isLogarithmic ? "log-softmax" : "softmax") along axis \(axis)" }

  func couplesPictures(_ operands: [Bool]) -> Bool { operands[0] && axis == 0 }

  func plan(_ operands: [ExpressionShape]) throws(ExpressionError) -> OperationPlan {
    let lines = AxisLines(operands[0], along: try operands[0].position(ofAxis: axis))
    return OperationPlan(
      shape: operands[0], kernel: SoftmaxKernel(lines: lines, isLogarithmic: isLogarithmic))
  }
}

struct SoftmaxKernel: TensorKernel {
  let lines: AxisLines
  let isLogarithmic: Bool

  func compute(_ memory: KernelMemory) {
    let (step, end) = (lines.inner, lines.extent * lines.inner)
    lines.visit { first in
      let (x, y) = (memory.operand(0) + first, memory.result + first)
      var largest = -Float.infinity
      for i in stride(from: 0, to: end, by: step) where x[i] > largest { largest = x[i] }
      var sum = 0.0
      for i in stride(from: 0, to: end, by: step) {
        let power = expf(x[i] - largest)
        sum += Double(power)
        y[i] = power
      }
      if isLogarithmic {
        let shift = largest + Float(log(sum))
        for i in stride(from: 0, to: end, by: step) { y[i] = x[i] - shift }
      } else {
        let factor = Float(1 / sum)
        for i in stride(from: 0, to: end, by: step) { y[i] *= factor }
      }
    }
  }

  func pullBack(_ memory: KernelMemory) {
    guard let gradient = memory.gradient(0) else { return }
    let (step, end) = (lines.inner, lines.extent * lines.inner)
    lines.visit { first in
      let (y, g) = (memory.result + first, memory.resultGradient + first)
      let gradient = gradient + first
      var sum = 0.0
      for i in stride(from: 0, to: end, by: step) {
        sum += Double(isLogarithmic ? g[i] : g[i] * y[i])
      }
      let total = Float(sum)
      for i in stride(from: 0, to: end, by: step) {
        gradient[i] += isLogarithmic ? g[i] - expf(y[i]) * total : y[i] * (g[i] - total)
      }
    }
  }
}
