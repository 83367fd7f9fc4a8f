import Foundation

/// Where what a report says parts from what follows from its evidence, in words.
enum JSONDifference {
  static func words(stated: Data, recomputed: Data) -> String {
    let values = [stated, recomputed].map {
      try? JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed)
    }
    guard let left = values[0] ?? nil, let right = values[1] ?? nil else {
      return "it is not what follows from the evidence" + lineOfDifference(stated, recomputed)
    }
    guard let (path, first, second) = difference(left, right, path: "") else {
      return "it has the same content as what follows from the evidence, in other bytes"
    }
    return "'\(PlainText.line(path, limit: 120))' is \(first), and \(second) follows from the "
      + "evidence"
  }

  private static func lineOfDifference(_ first: Data, _ second: Data) -> String {
    let lines = [first, second].map { $0.split(separator: 10, omittingEmptySubsequences: false) }
    let index = zip(lines[0], lines[1]).enumerated().first { $1.0 != $1.1 }?.offset
    return " (line \((index ?? min(lines[0].count, lines[1].count)) + 1))"
  }

  private static func difference(
    _ left: Any,
    _ right: Any,
    path: String
  ) -> (path: String, String, String)? {
    if let left = left as? [String: Any], let right = right as? [String: Any] {
      for name in Set(left.keys).union(right.keys).sorted() {
        let path = path.isEmpty ? name : "\(path).\(name)"
        guard let first = left[name], let second = right[name] else {
          return (path, short(left[name]), short(right[name]))
        }
        if let found = difference(first, second, path: path) { return found }
      }
      return nil
    }
    if let left = left as? [Any], let right = right as? [Any] {
      for (index, pair) in zip(left, right).enumerated() {
        if let found = difference(pair.0, pair.1, path: "\(path)[\(index)]") { return found }
      }
      return left.count == right.count ? nil : (path + ".count", "\(left.count)", "\(right.count)")
    }
    guard let first = left as? NSObject, let second = right as? NSObject, first == second else {
      return (path, short(left), short(right))
    }
    return nil
  }

  private static func short(_ value: Any?) -> String {
    guard let value else { return "nothing" }
    return "'\(PlainText.line("\(value)", limit: 120))'"
  }
}
