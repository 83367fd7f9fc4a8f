/// What `keyproof new` writes: a story that plays as it stands, with a word on everything in it.
package enum StarterScenario {
  /// - Parameter world: a world of the library; nil writes one of the story's own.
  package static func text(title: String, world: String?) -> String {
    head(title) + (world.map { "world: \($0)\n" } ?? ownWorld) + timeline
  }

  private static func head(_ title: String) -> String {
    """
    # Check it:    keyproof validate THIS-FILE
    # Read it:     keyproof explain THIS-FILE
    # Play it:     keyproof run THIS-FILE            (--watch plays it at each save)
    # The words:   Scenarios/LANGUAGE.md; the promises: keyproof guarantees

    scenario: \(title)
    about: >-
      What the story shows and why that matters, in a sentence or two. Here: the customer deletes
      its key at the provider, and from then on nobody may get an answer.
    # Promises that the story is there to exercise. If it does not, they are inconclusive, not held.
    shows: [instant-revocation, no-calls-after-revocation]
    # Who is there before anything happens: customers, people, what each may read.

    """
  }

  private static let ownWorld = """
    world:
      world: A small office
      starts: 2026-01-05T08:00:00Z
      tenants:
        acme:
          name: Acme
          departments: { sales: }
          people:
            ana: { name: Ana Oliveira, department: sales, platform: teams }
            ben: { name: Ben Hartwig, department: sales, platform: google-chat }

    """

  private static let timeline = """
    timeline:
      # Ana and Ben ask by turns. Times count from the story's beginning: 30s, 5m, 1h30m, 3d.
      - every: 20s
        until: deleted
        ask: { who: [ana, ben], text: "How many vacation days do I have?" }
        expect: { answer: given }
      # A step with a name: other times can count from it. 'first' is the key of the beginning.
      - at: 5m
        name: deleted
        delete-key: { key: first }
      - every: 30s
        from: 5s after deleted
        times: 10
        ask: { who: [ben, ana], text: "May I work from home?" }
        expect: { answer: refused, because: key-rejected }
    # A guarantee of your own, judged over all that was seen.
    checks:
      nothing-on-the-old-key:
        about: No call on the deleted key comes through.
        never: calls
        where: { key: first, outcome: completed }
        from: 1s after deleted

    """
}
