/// One text of the tree, as the rules read it.
struct SourceFile: Sendable {
  /// From the top of the tree, for instance `Sources/Secrets/Secret.swift`.
  let path: String
  let lines: [Substring]
  /// The lines without comments and string contents.
  let code: [Substring]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    code = SwiftCode.code(of: text).split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// How many lines an editor shows: the last line feed ends a line and begins none.
  var lineCount: Int {
    lines.last?.isEmpty == true ? lines.count - 1 : lines.count
  }

  func isBelow(_ folder: String) -> Bool {
    path.hasPrefix(folder + "/")
  }

  /// Where `word` stands in the code, by line. A word that begins or ends like a name does not
  /// match within a longer name, nor as a member of something else.
  func codeLines(with word: String) -> [Int] {
    code.indices.filter { Self.contains(word, in: code[$0]) }.map { $0 + 1 }
  }

  private static func contains(_ word: String, in line: Substring) -> Bool {
    guard line.contains(word) else { return false }
    let beginsLikeName = word.first.map(isNameCharacter) ?? false
    let endsLikeName = word.last.map(isNameCharacter) ?? false
    return line.ranges(of: word).contains { range in
      if beginsLikeName, range.lowerBound > line.startIndex {
        let before = line[line.index(before: range.lowerBound)]
        if isNameCharacter(before) || before == "." { return false }
      }
      if endsLikeName, range.upperBound < line.endIndex {
        return !isNameCharacter(line[range.upperBound])
      }
      return true
    }
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}

/// A place where a rule is broken.
struct Violation: CustomStringConvertible, Equatable {
  var path: String
  var line: Int
  var problem: String

  var description: String { "\(path):\(line): \(problem)" }
}
