import Testing

@testable import PictureJudging

@Suite("Classes of other networks")
struct ClassMatchTests {
  private func judge(_ labels: [String]?) throws -> Judge {
    try Judge(try ColorNetwork.make(labels: labels), named: "judge")
  }

  @Test(
    "a class is found by its label, by any of its names, and by the most of them, whatever the capitals",
    arguments: [
      ("green", ["red", "Green", "blue"], 1),
      ("Dipper", ["water ouzel, dipper", "kite", "jay"], 0),
      ("water ouzel, dipper", ["kite", "dipper", "jay"], 1),
      ("dipper, water ouzel", ["kite", "jay", "water ouzel, dipper"], 2),
      // One shares two names, the other one.
      ("cardigan, Welsh corgi, corgi", ["cardigan", "corgi, Welsh corgi", "jay"], 1),
      // The whole label goes before names that others share.
      ("cardigan", ["cardigan, corgi", "cardigan", "jay"], 1),
    ])
  func labels(wanted: String, labels: [String], unit: Int) throws {
    #expect(try judge(labels).match(DrawnClass(wanted)) == ClassMatch(unit: unit, way: .label))
  }

  @Test("of two classes of one name the one at the same place is meant, and else none")
  func samePlace() throws {
    let judge = try judge(["crane", "kite", "crane"])
    #expect(try judge.match(DrawnClass("crane", unit: 2, of: 3)).unit == 2)
    #expect {
      try judge.match(DrawnClass("crane"))
    } throws: {
      "\($0)".contains("'judge'") && "\($0)".contains("0, 2")
    }
  }

  @Test("a class that a judge lacks is refused by name, with what is near")
  func missing() throws {
    #expect {
      try judge(["flamingo", "kite", "jay"]).match(DrawnClass("flamingos"))
    } throws: {
      "\($0)".contains("judge 'judge' does not know the class 'flamingos'")
        && "\($0)".contains("flamingo")
    }
  }

  @Test("numbers count only where labels are missing and there are as many classes")
  func numbers() throws {
    let unlabelled = try judge(nil)
    #expect(
      try unlabelled.match(DrawnClass("jay", unit: 2, of: 3)) == ClassMatch(unit: 2, way: .number))
    #expect(
      try judge(["a", "b", "c"]).match(DrawnClass(nil, unit: 1, of: 3))
        == ClassMatch(unit: 1, way: .number))
    for drawn in [
      DrawnClass("jay"), DrawnClass("jay", unit: 2, of: 4), DrawnClass(nil, unit: 2),
      DrawnClass(nil, unit: 3, of: 3), DrawnClass(nil, unit: -1, of: 3), DrawnClass(nil),
    ] {
      #expect(throws: JudgingError.self, "\(drawn)") { try unlabelled.match(drawn) }
    }
    // Labels of another layer name none of the classes.
    #expect(try judge(["a", "b"]).labels == nil)
  }
}
