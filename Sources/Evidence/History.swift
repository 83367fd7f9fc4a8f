/// All that is known of one run of one scenario: the facts, and what happened, in order.
package struct History: Sendable, Equatable {
  package var facts: Facts
  package var events: [Event]

  package init(facts: Facts, events: [Event]) {
    self.facts = facts
    self.events = events
  }
}
