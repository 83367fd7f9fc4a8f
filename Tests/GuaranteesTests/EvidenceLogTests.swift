import Evidence
import Foundation
import Guarantees
import Secrets
import Synchronization
import Testing
import Worlds

@Suite struct EvidenceLogTests {
  /// One event of every kind, with texts that need escaping.
  private var history: History {
    var story = Chronicle()
    story.begin()
    story.act(.removeKey, status: 0, took: 1.5)
    story.addDocument("d1", "policies")
    story.converse("ana", ["d1"])
    story.refuse(story.ask("ben"), "Say \"ü\"\\\n\t/\u{1}")
    story.end("a1")
    let kinds: [Event.Kind] = [
      .exchange(
        Event.Exchange(
          host: "h",
          method: "GET",
          path: "/a",
          key: nil,
          requestBytes: -1,
          status: 0
        )
      ),
      .sighting(
        Event.Sighting(
          subject: .key(Fingerprint("a1")),
          surface: .deliveryResponse,
          place: "p",
          encoding: "hex"
        )
      ),
      .sighting(
        Event.Sighting(subject: .canary("c"), surface: .log, place: "", encoding: "plain")
      ),
      .searched(Event.Searched(surface: .storage, items: 1, bytes: 2)),
      .personMoved(Event.PersonMoved(person: "ana", department: "sales")),
      .memberChanged(
        Event.MemberChanged(person: "ana", conversation: "group", isMember: true)
      ),
      .vendor(.crashed),
      .fault(Event.Fault(name: "loss", phase: .struck)),
      .impostor(
        Event.Impostor(message: "m", trick: .wrongServiceURL, platform: .googleChat, status: 401)
      ),
      .expectation(Event.Expectation(line: 3, text: "refused", met: false, observed: "none")),
      .latencyPlan(
        Event.LatencyPlan(
          minimumPairs: 1,
          maximumPairs: 2,
          warmUpPairs: 3,
          medianMargin: .milliseconds(5),
          tailMargin: .microseconds(10_001),
          bootstrapSeed: .max,
          every: .milliseconds(20),
          besideEvery: .milliseconds(5)
        )
      ),
      .latencySchedule(
        Event.LatencySchedule(
          arrivals: [.init(round: 1, asker: .vendorAgain, at: Timestamp(nanoseconds: 17))],
          beside: [Timestamp(nanoseconds: 18)]
        )
      ),
      .latencyPair(
        Event.LatencyPair(
          comparison: .delayedAgainstVendor,
          index: 4,
          subject: Event.LatencyPair.Arm(
            intended: Timestamp(nanoseconds: 17),
            late: .nanoseconds(3),
            total: .nanoseconds(123_456_789),
            upstream: .seconds(-1),
            requests: 2,
            requestBytes: 3,
            answered: true
          ),
          control: Event.LatencyPair.Arm(
            intended: Timestamp(nanoseconds: 19),
            total: .zero,
            upstream: .zero,
            requests: 0,
            requestBytes: 0,
            answered: false,
            entangled: true
          )
        )
      ),
      .ledgerRow(
        Event.LedgerRow(
          key: Fingerprint("a1"),
          project: "p",
          endpoint: "e",
          model: "m",
          calls: 1,
          promptTokens: 2,
          completionTokens: 3
        )
      ),
      .storyEnded,
    ]
    for kind in kinds { story.record(kind) }
    return story.history
  }

  @Test func readsBackWhatItWrote() throws {
    let data = try EvidenceLog.data(of: history)
    #expect(try EvidenceLog.read(data) == history)
  }

  @Test func theSameHistoryGivesTheSameBytes() throws {
    #expect(try EvidenceLog.data(of: history) == EvidenceLog.data(of: history))
  }

  @Test func anEventReadsPlainly() throws {
    var story = Chronicle()
    story.record(.vendor(.started))
    story.record(.keyEnded(Event.KeyEnded(key: Fingerprint("a1"), afterOrder: 7)))
    story.record(.storyEnded)
    let text = String(decoding: try EvidenceLog.data(of: story.history), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix(#"{"format":2,"facts":{"scenario":"test","world":"simulated""#))
    let at = Chronicle.start.nanoseconds
    let plain = lines.map { $0.split(separator: #","chain":""#).first ?? "" }
    #expect(plain[1] == #"{"id":1,"at":\#(at),"kind":"vendor","of":"started""#)
    #expect(
      plain[2] == #"{"id":2,"at":\#(at),"kind":"keyEnded","of":{"key":"a1","afterOrder":7}"#
    )
    #expect(plain[3] == #"{"id":3,"at":\#(at),"kind":"storyEnded""#)
    #expect(plain[4] == #"{"end":"complete","events":3"#)
    #expect(lines[5].isEmpty)
  }

  @Test func everyLineIsJSONForOthersToo() throws {
    let data = try EvidenceLog.data(of: history)
    for line in data.split(separator: UInt8(ascii: "\n")) {
      #expect(try JSONSerialization.jsonObject(with: line) is [String: Any])
    }
  }

  @Test func writesInPieces() throws {
    var story = Chronicle()
    for _ in 0..<20_000 { story.record(.vendor(.started)) }
    var pieces: [Int] = []
    var whole = Data()
    try EvidenceLog.write(story.history) {
      pieces.append($0.count)
      whole.append($0)
    }
    #expect(pieces.count > 1)
    #expect(try whole == EvidenceLog.data(of: story.history))
  }

  @Test func damageIsNamedByItsLine() throws {
    let data = try EvidenceLog.data(of: history)
    #expect(throws: EvidenceLogError.cutOff(line: history.events.count + 2)) {
      try EvidenceLog.read(data.dropLast(2))
    }
    #expect(throws: EvidenceLogError.cutOff(line: 1)) { try EvidenceLog.read(Data()) }
    #expect(throws: EvidenceLogError.unknownFormat(3)) {
      let text = String(decoding: data, as: UTF8.self)
      _ = try EvidenceLog.read(
        Data(text.replacingOccurrences(of: #"{"format":2"#, with: #"{"format":3"#).utf8)
      )
    }
    do {
      let text = String(decoding: data, as: UTF8.self)
        .replacingOccurrences(of: #""kind":"storyEnded""#, with: #""kind":"other""#)
      _ = try EvidenceLog.read(Data(text.utf8))
      Issue.record("an unknown kind was read")
    } catch {
      guard case .chainBroken(let line) = error else { throw error }
      #expect(line == history.events.count + 1)
    }
  }

  @Test func theRecorderNumbersAndDates() {
    let clock = Mutex(Timestamp(unixSeconds: 10))
    let recorder = Recorder(facts: Chronicle().facts) { clock.withLock { $0 } }
    #expect(recorder.record(.vendor(.started)) == 1)
    clock.withLock { $0 = Timestamp(unixSeconds: 11) }
    #expect(recorder.record(.storyEnded) == 2)
    #expect(recorder.count == 2)
    #expect(recorder.history.events.map(\.id) == [1, 2])
    #expect(recorder.history.events.map(\.at.unixSeconds) == [10, 11])
  }
}
