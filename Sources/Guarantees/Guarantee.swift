package import Evidence

/// What a run showed of a promise.
package enum Verdict: String, Sendable, Codable, CaseIterable {
  case held
  case violated
  /// Not exercised, or not to be told from what was seen. Never a pass.
  case inconclusive
  /// The vendor does not promise it, or nobody outside could see it.
  case notClaimed = "not-claimed"
}

/// One promise of the catalogue, with the checker that judges it.
package struct Guarantee: Sendable {
  /// Stable: reports, scenario files and waivers name it.
  package var id: String
  package var statement: String
  /// The guide's own words that the promise comes from.
  package var source: String
  /// What it means for the buyer when it fails.
  package var consequence: String
  /// How much, how long and how often it allows: what a checker counts with.
  package var bounds: [String]
  /// Which deployment models make it.
  package var claims: Claims
  /// The file that it stands in, with its checker: `Guarantees/Name.swift`.
  package var checker: String
  /// Pure: the same story gives the same finding. Throwing counts as inconclusive.
  package var check: @Sendable (Story) throws -> Finding

  package init(
    id: String,
    statement: String,
    source: String,
    consequence: String,
    bounds: [String] = [],
    claims: Claims = .ofCustomersKey,
    checker: String = #fileID,
    check: @escaping @Sendable (Story) throws -> Finding
  ) {
    self.id = id
    self.statement = statement
    self.source = source
    self.consequence = consequence
    self.bounds = bounds
    self.claims = claims
    self.checker = checker
    self.check = check
  }
}

/// What a checker found in one history.
package struct Finding: Sendable, Equatable, Codable {
  package var verdict: Verdict
  /// One sentence for a reader, with the numbers in it.
  package var sentence: String
  /// The proof that the promise was exercised: each with the number that was seen.
  package var exercise: [Count]
  package var witnesses: Witnesses?
  /// What was seen apart from what is claimed; nil where the two are one.
  package var observed: Observed?

  package init(
    verdict: Verdict,
    sentence: String,
    exercise: [Count] = [],
    witnesses: Witnesses? = nil
  ) {
    self.verdict = verdict
    self.sentence = sentence
    self.exercise = exercise
    self.witnesses = witnesses
  }

  package struct Observed: Sendable, Equatable, Codable {
    package var verdict: Verdict
    package var sentence: String

    package init(verdict: Verdict, sentence: String) {
      self.verdict = verdict
      self.sentence = sentence
    }
  }

  package struct Count: Sendable, Equatable, Codable {
    package var name: String
    package var count: Int

    package init(_ name: String, _ count: Int) {
      self.name = name
      self.count = count
    }
  }

  /// The events that show a violation.
  package struct Witnesses: Sendable, Equatable, Codable {
    package var count: Int
    package var first: Witness
    package var worst: Witness
    package var last: Witness

    package init(count: Int, first: Witness, worst: Witness, last: Witness) {
      self.count = count
      self.first = first
      self.worst = worst
      self.last = last
    }
  }

  package struct Witness: Sendable, Equatable, Codable {
    /// Ids of the events, in order.
    package var events: [Int]
    package var what: String
    /// What was seen in each of two plays of the story, where that is the breach.
    package var sides: Sides?

    package init(events: [Int], what: String, sides: Sides? = nil) {
      self.events = events
      self.what = what
      self.sides = sides
    }
  }

  /// What differs between two plays of a story, for a reader.
  package struct Sides: Sendable, Equatable, Codable {
    package var first: String
    package var second: String

    package init(first: String, second: String) {
      self.first = first
      self.second = second
    }
  }
}
