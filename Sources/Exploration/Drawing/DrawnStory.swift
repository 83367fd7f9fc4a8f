package import ScenarioFiles
import Worlds

/// A story that a seed stands for.
package struct DrawnStory: Sendable {
  package var seed: UInt64
  package var scenario: Scenario
  /// What was drawn, a word or two each, for whoever wants to know what is explored.
  package var options: [String]
}

/// What every draw needs: one of several, some of them more likely.
struct Dice {
  private var generator: SeededGenerator

  init(_ randomness: Randomness, for purpose: String) {
    generator = randomness.generator(purpose)
  }

  /// True so many times in a hundred.
  mutating func chance(_ percent: Int) -> Bool { generator.chance(percent, in: 100) }

  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + generator.below(range.count)
  }

  /// Whole seconds, so that files stay readable.
  mutating func seconds(in range: ClosedRange<Int>) -> Duration { .seconds(number(in: range)) }

  /// - Parameter elements: at least one.
  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[generator.below(elements.count)]
  }

  /// - Parameter choices: each with its weight; at least one of them above zero.
  mutating func one<Element>(weighted choices: [(Int, Element)]) -> Element {
    var left = generator.below(choices.reduce(0) { $0 + $1.0 })
    for (weight, element) in choices {
      if left < weight { return element }
      left -= weight
    }
    return choices[0].1
  }

  /// So many of them, in their order.
  mutating func some<Element>(_ count: Int, of elements: [Element]) -> [Element] {
    var indices = Array(elements.indices)
    while indices.count > count { indices.remove(at: generator.below(indices.count)) }
    return indices.map { elements[$0] }
  }
}
