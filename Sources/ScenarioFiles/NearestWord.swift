/// Finds the known word that a mistyped one was probably meant to be.
package enum NearestWord {
  /// Nil when none is near. Words beyond 64 scalars are not compared, so that the work is bounded.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let scalars = Array(word.lowercased().unicodeScalars)
    guard !scalars.isEmpty, scalars.count <= 64 else { return nil }
    let allowed = max(1, min(3, scalars.count / 3))
    var best: (distance: Int, word: String)?
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      guard abs(other.count - scalars.count) <= allowed else { continue }
      let distance = distance(scalars, other)
      if distance <= allowed, distance < best?.distance ?? Int.max {
        best = (distance, candidate)
      }
    }
    return best?.word
  }

  /// Insertions, deletions, replacements and swaps of neighbours between the two.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 0..<left.count {
      var current = [row + 1]
      for column in 0..<right.count {
        let replaced = last[column] + (left[row] == right[column] ? 0 : 1)
        var best = min(replaced, last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
