package import Worlds

extension Story {
  /// Whether a request that arrived then may be a copy that the network made.
  package func wasDuplicating(at moment: Timestamp) -> Bool {
    // What was sent in the last moment of a fault arrives a little after it.
    duplications.contains { duplication in
      duplication.from <= moment
        && duplication.until.map { moment <= $0 + .seconds(10) } ?? true
    }
  }
}
