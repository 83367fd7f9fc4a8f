import Evidence
import Guarantees
import Secrets
import Testing
import Worlds

@Suite struct CustodyTests {
  private func searched(_ surfaces: [Event.Surface], items: Int = 1) -> Chronicle {
    Chronicle.of { story in
      for surface in surfaces {
        story.record(.searched(Event.Searched(surface: surface, items: items, bytes: 100)))
      }
    }
  }

  @Test func cleanSurfacesHold() {
    #expect(searched([.storage, .log]).judge("encrypted-custody").verdict == .held)
  }

  @Test func filesAndLogsMustHaveBeenSearched() {
    #expect(searched([.storage]).judge("encrypted-custody").verdict == .inconclusive)
    #expect(
      searched([.storage, .log], items: 0).judge("encrypted-custody").verdict == .inconclusive
    )
  }

  @Test func ofAProcessEnvironmentArgumentsAndOutputMustHaveBeenSearched() {
    let all: [Event.Surface] = [.storage, .log, .environment, .arguments, .output]
    func verdict(_ surfaces: [Event.Surface]) -> Verdict {
      var story = searched(surfaces)
      story.facts.vendor = Facts.processVendor
      return story.judge("encrypted-custody").verdict
    }
    #expect(verdict(all) == .held)
    for surface in all {
      #expect(verdict(all.filter { $0 != surface }) == .inconclusive, "\(surface)")
    }
  }

  @Test(arguments: Event.Surface.allCases)
  func aKeyOnAnySurfaceIsAViolation(_ surface: Event.Surface) {
    var story = searched([.storage, .log])
    story.record(
      .sighting(
        .init(
          subject: .key(Fingerprint("a1")),
          surface: surface,
          place: "somewhere",
          encoding: "part"
        )
      )
    )
    #expect(story.judge("encrypted-custody").verdict == .violated)
  }

  @Test func aSightedKeyIsAViolationAndACanaryIsNot() {
    var story = searched([.storage, .log])
    story.record(
      .sighting(
        Event.Sighting(
          subject: .canary("d1"),
          surface: .storage,
          place: "db",
          encoding: "plain"
        )
      )
    )
    #expect(story.judge("encrypted-custody").verdict == .held)
    story.record(
      .sighting(
        Event.Sighting(
          subject: .key(Fingerprint("a1")),
          surface: .log,
          place: "vendor.log",
          encoding: "hex"
        )
      )
    )
    #expect(story.judge("encrypted-custody").verdict == .violated)
  }

  private func exchange(_ host: String, key: String? = "a1") -> Chronicle {
    Chronicle.of {
      $0.record(
        .exchange(
          Event.Exchange(
            host: host,
            method: "POST",
            path: "/v1/embeddings",
            key: key.map { Fingerprint($0) },
            requestBytes: 10,
            status: 200
          )
        )
      )
    }
  }

  @Test func keysGoWhereTheirAdministratorSetThem() {
    #expect(exchange("api.openai.com").judge("right-destination").verdict == .held)
    #expect(exchange("other.openai.com").judge("right-destination").verdict == .violated)
    #expect(exchange("stranger.example").judge("right-destination").verdict == .violated)
    #expect(
      exchange("stranger.example", key: nil).judge("right-destination").verdict
        == .inconclusive
    )
  }

  @Test func aKeyThatNobodyInstalledGoesToProvidersOnly() {
    #expect(exchange("other.openai.com", key: "v").judge("right-destination").verdict == .held)
    #expect(exchange("teams.example", key: "v").judge("right-destination").verdict == .violated)
  }

  @Test func aKeyOutsideOfItsHeaderIsAViolation() {
    var story = exchange("api.openai.com")
    story.record(
      .sighting(
        Event.Sighting(
          subject: .key(Fingerprint("a1")),
          surface: .request,
          place: "query",
          encoding: "plain"
        )
      )
    )
    #expect(story.judge("right-destination").verdict == .violated)
  }
}
