import FeatureVisualization

/// Checks your own losses, modifiers, parameterizations and optimizers in one call each.
///
///     @Test func `the gradient of my loss is right`() throws {
///       try GradientCheck.check(MyLoss(layer: "conv5"), shapes: [[2, 5, 7, 3]])
///       try GradientCheck.check(MyModifier(), size: PictureSize(height: 7, width: 9))
///       try GradientCheck.check(MyParameterization(), size: PictureSize(height: 7, width: 9))
///       try GradientCheck.check(MyGradModifier(), size: PictureSize(height: 7, width: 9))
///       try GradientCheck.check(MyOptimizer())
///     }
///
/// Points are drawn from a seed. Derivatives are measured by central differences of several steps, extrapolated
/// to a step of 0, since what is checked computes in single precision: a right gradient differs by 10⁻³ or less
/// from what is measured, a wrong sign, factor or index by 10⁻¹ or more. `tolerance` lies between.
public enum GradientCheck {
  /// The relative error that a right gradient stays below.
  public static let tolerance = 0.01

  /// Compares derivatives element by element.
  ///
  /// An error counts relative to the larger of the two derivatives, or to a tenth of the largest of all where
  /// both are smaller than that.
  static func report(_ subject: String, _ derivatives: [GradientReport.Derivative])
    -> GradientReport
  {
    let largest =
      derivatives.map { max(abs($0.stated), abs($0.measured)) }
      .reduce(0) { $1.isNaN ? .nan : max($0, $1) }
    func error(_ derivative: GradientReport.Derivative) -> Double {
      let difference = abs(derivative.stated - derivative.measured)
      guard difference != 0 else { return 0 }
      let error =
        difference / max(abs(derivative.stated), abs(derivative.measured), largest / 10)
      return error.isNaN ? .infinity : error
    }
    var worst: (derivative: GradientReport.Derivative, error: Double)?
    for derivative in derivatives {
      let error = error(derivative)
      if error > worst?.error ?? -1 { worst = (derivative, error) }
    }
    return GradientReport(
      subject: subject, comparisonCount: derivatives.count, worst: worst?.derivative,
      largestError: worst?.error ?? 0)
  }

  /// Calls the package's own check of a protocol's rules, under the name of what is checked.
  static func keepingRules(
    of subject: String, _ check: () throws(VisualizationError) -> Void
  ) throws(GradientCheckError) {
    do throws(VisualizationError) { try check() } catch .brokenRule(_, let rule) {
      throw .brokenRule(subject: subject, rule: rule)
    } catch {
      throw .refused(error)
    }
  }

  /// Calls what refuses a size or a shape; errors of a type's own come out with its name.
  static func accepting<Result>(_ checked: Any, _ body: () throws -> Result)
    throws(GradientCheckError) -> Result
  {
    do {
      return try body()
    } catch let error as VisualizationError {
      throw .refused(error)
    } catch {
      throw .refused(.failed(type: "\(type(of: checked))", reason: "\(error)"))
    }
  }

  /// Refuses code under which nothing depends on anything: differences and gradient agree on 0 there.
  static func refuseConstants(_ subject: String, _ derivatives: [GradientReport.Derivative])
    throws(GradientCheckError)
  {
    guard !derivatives.isEmpty, derivatives.allSatisfy({ $0.stated == 0 && $0.measured == 0 })
    else { return }
    throw .brokenRule(
      subject: subject, rule: "nothing that it writes depends on what it is handed: a constant")
  }

  /// Throws what a report says is wrong.
  static func verify(_ report: GradientReport) throws(GradientCheckError) -> GradientReport {
    guard report.isCorrect else { throw .wrongGradient(report) }
    return report
  }
}
