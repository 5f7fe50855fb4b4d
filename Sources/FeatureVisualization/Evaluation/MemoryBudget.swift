/// The memory that a visualization may take: a limit, and what of it is meant for something else.
struct MemoryBudget {
  private let limit: Int
  private let taken: Int

  /// A whole budget: `limit` bytes, or half of those that the system lets the process have.
  init(_ limit: Int?) { self.init(limit: limit ?? RunMemory.defaultLimit, taken: 0) }

  private init(limit: Int, taken: Int) { (self.limit, self.taken) = (limit, taken) }

  /// What is left beside `bytes` for something else.
  func less(_ bytes: Int) -> MemoryBudget {
    MemoryBudget(limit: limit, taken: taken.addingClamped(bytes))
  }

  /// The bytes that are left for a network's run.
  ///
  /// - Throws: `VisualizationError.tooMuchMemory` where there are none.
  func rest() throws(VisualizationError) -> Int {
    guard taken < limit else { throw .tooMuchMemory(needed: taken, limit: limit) }
    return limit - taken
  }

  /// An error of the network's in terms of the whole budget.
  func error(_ error: VisualizationError) -> VisualizationError {
    guard case .tooMuchMemory(let needed, let limit) = error else { return error }
    return limit == self.limit
      ? .tooMuchMemory(needed: needed, limit: limit)
      : .tooMuchMemory(needed: needed.addingClamped(taken), limit: self.limit)
  }

  /// Arrays as large as a picture that a run holds for each picture: parameters and what the optimizer remembers of them,
  /// the best and the last finite ones, pictures, gradients and transformed pictures.
  private static var arraysPerPicture: Int { 20 }

  /// The bytes that `count` pictures of a run take outside the network.
  static func ofPictures(_ count: Int, _ size: PictureSize) -> Int {
    count.multipliedClamped(by: size.count)
      .multipliedClamped(by: arraysPerPicture * MemoryLayout<Float>.stride)
  }
}
