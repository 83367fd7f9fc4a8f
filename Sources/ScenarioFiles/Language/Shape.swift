/// A mapping of the language: its words, what each takes and what it means. Readers accept what
/// stands here and nothing else, and the JSON Schema and the reference are made of it.
package struct Shape: Sendable {
  /// Unique; names the definition in the schema.
  package var name: String
  /// One sentence for whoever writes such a mapping.
  package var about: String
  package var words: [Word]
  package var rules: [Rule]

  package init(_ name: String, _ about: String, _ words: [Word], rules: [Rule] = []) {
    self.name = name
    self.about = about
    self.words = words
    self.rules = rules
  }

  /// The words that may stand in it, in the order in which messages list them.
  var keys: [String] { words.map(\.name) }

  package struct Word: Sendable {
    package var name: String
    package var takes: Value
    package var isRequired: Bool
    package var about: String

    package init(_ name: String, _ takes: Value, required: Bool = false, _ about: String) {
      self.name = name
      self.takes = takes
      isRequired = required
      self.about = about
    }
  }

  /// How the words of one mapping depend on each other.
  package enum Rule: Sendable {
    /// One of them stands there, and no other.
    case oneOf([String])
    /// It has at least one word.
    case notEmpty
    /// At least one of them stands there.
    case someOf([String])
    /// At most one of them stands there.
    case notBoth(String, String)
    /// Where the first stands, the second must stand too.
    case wants(String, String)
    /// Where the first stands, one of the others must stand too.
    case wantsOneOf(String, [String])
    /// With this value of a word, these others must stand there, and of the rest only those that
    /// may.
    case with(String, is: String, must: [String] = [], mayNot: [String] = [])
  }
}

/// What a word takes.
package indirect enum Value: Sendable {
  case text
  /// Small letters, digits and dashes.
  case identifier
  /// What the world or the story calls something, for instance a person.
  case name(of: String)
  case duration
  /// Longer than nothing.
  case span
  case rangeOfDurations
  /// A duration from the story's beginning, or counted from a step that has a name.
  case moment
  /// A name that moments can count from.
  case stepName
  /// What `${name}` may stand for.
  case parameter
  /// `2026-01`.
  case month
  /// A point in time in UTC.
  case dateAndTime
  case integer(ClosedRange<Int>)
  case boolean
  case oneOf([String])
  case guarantee
  case vendor
  case host
  /// A path from the library's folder.
  case path(String)
  /// A list; one value stands for a list of one.
  case list(Value)
  /// The same with at least one element.
  case someOf(Value)
  /// A list with at least one element, never a single value.
  case entries(Value)
  case mapping(Shape)
  /// Names of the writer's own, each with such a value.
  case named(Value)
  /// The same, with at least one.
  case someNamed(Value)
  /// Names of promises and of the file's own checks, each with such a value.
  case judged(Value)
  case either([Value])
}
