import Evidence
import Guarantees
import Testing
import Worlds

/// Texts are gone from files two minutes after the reply, and stand in no log at any moment.
@Suite struct NoQueryLoggingTests {
  private static let replied = 10.0
  private static let due = replied + 120

  private func sighting(
    _ canary: String,
    _ surface: Event.Surface = .storage
  ) -> Event.Kind {
    .sighting(
      .init(subject: .canary(canary), surface: surface, place: "somewhere", encoding: "plain")
    )
  }

  /// One answered message of Acme's, what `write` adds, and a search of files and logs at the end.
  private func day(
    contracts: [String: [String]] = ["acme": ["no-query-logging"]],
    searched: [Event.Surface] = [.storage, .log],
    at end: Double = 600,
    texts: Int? = 3,
    _ write: (inout Chronicle) -> Void = { _ in }
  ) -> Chronicle {
    var story = Chronicle()
    for index in story.facts.tenants.indices {
      story.facts.tenants[index].contracts = contracts[story.facts.tenants[index].id]
    }
    story.begin()
    story.addDocument("d1", "policies")
    story.at(Self.replied)
    story.converse("ana", ["d1"])
    write(&story)
    story.at(end)
    story.endStory()
    for surface in searched {
      story.record(.searched(.init(surface: surface, items: 1, bytes: 100, texts: texts)))
    }
    return story
  }

  private func verdict(_ story: Chronicle) -> Verdict { story.judge("no-query-logging").verdict }

  @Test func cleanFilesAndLogsHold() {
    let finding = day().judge("no-query-logging")
    #expect(finding.verdict == .held)
    #expect(finding.exercise.contains(Finding.Count("answers that had to be gone", 1)))
    #expect(finding.exercise.contains(Finding.Count("texts looked for", 3)))
  }

  @Test(arguments: ["q1", "c1"])
  func aTextMayStandInFilesForTwoMinutesAfterTheReply(_ canary: String) {
    for (moment, expected) in [
      (Self.replied, Verdict.held), (Self.due, .held), (Self.due + 0.001, .violated),
    ] {
      let story = day { story in
        story.at(moment)
        story.record(sighting(canary))
      }
      #expect(verdict(story) == expected, "\(canary) at \(moment)")
    }
  }

  @Test(arguments: [Event.Surface.log, .output, .request, .adminResponse])
  func aLogMayHoldNoTextAtAnyMoment(_ surface: Event.Surface) {
    for canary in ["q1", "c1", "d1"] {
      let story = day { $0.record(sighting(canary, surface)) }
      #expect(verdict(story) == .violated, "\(canary)")
    }
  }

  @Test func uploadedDocumentsBelongIntoTheFiles() {
    let story = day { story in
      story.at(500)
      story.record(sighting("d1"))
    }
    #expect(verdict(story) == .held)
  }

  @Test func whatIsNotAnsweredYetIsInWork() {
    let waiting = day { story in
      story.ask("ben")
      story.at(550)
      story.record(sighting("q2"))
    }
    #expect(verdict(waiting) == .held)
    let refused = day { story in
      story.converseInVain("ben")
      story.at(Self.due + 1)
      story.record(sighting("q2"))
    }
    #expect(verdict(refused) == .violated)
  }

  @Test func theSameWordsAskedLaterKeepThemInWork() {
    func asked(_ again: Bool) -> Chronicle {
      day { story in
        story.at(200)
        if again { story.ask("ben", question: "q1") }
        story.at(210)
        story.record(sighting("q1"))
      }
    }
    #expect(verdict(asked(true)) == .held)
    #expect(verdict(asked(false)) == .violated)
    // What was asked after the search is no excuse for it.
    let later = day { story in
      story.at(210)
      story.record(sighting("q1"))
      story.at(220)
      story.ask("ben", question: "q1")
    }
    #expect(verdict(later) == .violated)
  }

  @Test func whileTheVendorIsDownNothingCanBeErased() {
    func crashed(until: Double, seen: Double) -> Chronicle {
      day { story in
        story.at(20)
        story.record(.vendor(.crashed))
        story.at(until)
        story.record(.vendor(.started))
        story.at(seen)
        story.record(sighting("q1"))
      }
    }
    #expect(verdict(crashed(until: 100, seen: 219)) == .held)
    #expect(verdict(crashed(until: 100, seen: 221)) == .violated)
  }

  @Test func wordsThatSomebodyWithoutAContractAskedAccuseNobody() {
    func story(_ contracts: [String: [String]]) -> Chronicle {
      day(contracts: contracts) { story in
        story.ask("eve", question: "q1")
        story.at(500)
        story.record(sighting("q1", .log))
      }
    }
    #expect(verdict(story(["acme": ["no-query-logging"]])) == .held)
    let both = ["acme": ["no-query-logging"], "globex": ["no-query-logging"]]
    #expect(verdict(story(both)) == .violated)
  }

  @Test func filesAndLogsMustHaveBeenSearchedForTextsWhenAnAnswerWasDue() {
    #expect(verdict(day(searched: [.storage])) == .inconclusive)
    #expect(verdict(day(searched: [.log])) == .inconclusive)
    #expect(verdict(day(texts: nil)) == .inconclusive)
    #expect(verdict(day(at: Self.due)) == .inconclusive)
    #expect(verdict(day(at: Self.due + 0.001)) == .held)
    let early = day { story in
      story.at(20)
      story.record(.searched(.init(surface: .log, items: 1, bytes: 9, texts: 1)))
    }
    #expect(verdict(early) == .held)
  }

  @Test func withoutAContractItIsObservedAndNotClaimed() {
    let kept = day(contracts: [:]) { story in
      story.at(500)
      story.record(sighting("q1"))
    }.judge("no-query-logging")
    #expect(kept.verdict == .notClaimed)
    #expect(kept.observed?.verdict == .violated)
    #expect(day(contracts: [:]).judge("no-query-logging").observed?.verdict == .held)
    let other = day(contracts: ["acme": ["something-else"]])
    #expect(verdict(other) == .notClaimed)
  }

  @Test func aSearchForTextsIsNoSearchForKeys() {
    #expect(day().judge("encrypted-custody").verdict == .inconclusive)
    #expect(day(texts: nil).judge("encrypted-custody").verdict == .held)
  }
}
