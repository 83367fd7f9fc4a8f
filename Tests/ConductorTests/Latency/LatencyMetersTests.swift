import Evidence
import Synchronization
import Testing
import Worlds

@testable import Conductor

/// Whose a request is, when questions overlap.
@Suite struct LatencyMetersTests {
  private final class HandClock: WorldClock {
    private let moment = Mutex(Timestamp(unixSeconds: 1))

    var now: Timestamp {
      moment.withLock {
        $0 = $0 + .milliseconds(1)
        return $0
      }
    }

    func sleep(until deadline: Timestamp) async throws {}
  }

  private let meters = LatencyMeters(clock: HandClock())

  private func begin(_ messages: String...) {
    for message in messages { _ = meters.begin(message, by: String(message.prefix(1))) }
  }

  private func request(
    _ call: Int? = nil,
    with partner: LatencyMeters.Partner = .manager,
    path: String = "/",
    bytes: Int = 10
  ) {
    meters.addRequest(
      bytes: bytes,
      with: call == nil ? partner : .provider,
      took: .milliseconds(3),
      call: call,
      path: path
    )
  }

  @Test func aCallBelongsToTheNewestQuestionInItsPrompt() throws {
    begin("a1", "b1", "a2")
    meters.add(
      upstream: .milliseconds(2),
      ofCall: 7,
      canaries: ["document/x", "question/a1", "question/a2", "question/gone"]
    )
    request(7)
    let all = meters.collect()
    #expect(all["a2"]?.requests == 1)
    #expect(all["a2"]?.upstream == .milliseconds(2))
    #expect(all["a2"]?.spent.provider == .milliseconds(3))
    #expect(all.values.allSatisfy { !$0.entangled })
    #expect(all["a1"]?.requests == 0 && all["b1"]?.requests == 0)
  }

  @Test func aPathNamesWhoseItIs() {
    meters.know(["id-of-a": "a", "id-of-b": "b"])
    begin("a1", "b1")
    request(path: "/v1/users/id-of-b")
    let all = meters.collect()
    #expect(all["b1"]?.requests == 1)
    #expect(all["a1"]?.requests == 0)
    #expect(all.values.allSatisfy { !$0.entangled })
    // It knows whom paths name after it has collected, too.
    begin("a2", "b3")
    request(path: "/v1/users/id-of-a?$select=department")
    #expect(meters.collect()["a2"]?.requests == 1)
  }

  @Test func aReplyBelongsToTheQuestionThatItAnswers() {
    meters.know(["id-of-b": "b"])
    begin("b1", "b2")
    // The platform has a reply before the request that brought it has ended.
    meters.replied(to: "b1")
    begin("b3")
    request(with: .platform, path: "/v3/conversations/id-of-b/activities", bytes: 5)
    meters.replied(to: "b2")
    meters.replied(to: "b3")
    request(with: .platform, path: "/v3/conversations/id-of-b/activities", bytes: 6)
    request(with: .platform, path: "/v3/conversations/id-of-b/activities", bytes: 7)
    let all = meters.collect()
    #expect([all["b1"]?.bytes, all["b2"]?.bytes, all["b3"]?.bytes] == [5, 6, 7])
    #expect(all.values.allSatisfy { !$0.entangled })
  }

  @Test func twoOpenQuestionsOfOnePersonAreEntangledAndNobodyElse() {
    meters.know(["id-of-b": "b"])
    begin("b1", "b2", "a1")
    request(path: "/v1/users/id-of-b")
    let all = meters.collect()
    #expect(all["b1"]?.entangled == true && all["b2"]?.entangled == true)
    #expect(all["a1"]?.entangled == false)
    #expect(all.values.allSatisfy { $0.requests == 0 })
  }

  @Test func whatSaysNothingBelongsToTheOneThatIsOpen() {
    begin("a1", "b1")
    meters.replied(to: "a1")
    request()
    let all = meters.collect()
    #expect(all["b1"]?.requests == 1)
    #expect(all["b1"]?.spent.manager == .milliseconds(3))
    #expect(all["b1"]?.entangled == false)
  }

  @Test func withSeveralOpenNoneCanBeToldApart() {
    begin("a1", "b1", "c1")
    meters.replied(to: "c1")
    request()
    let all = meters.collect()
    #expect(all["a1"]?.entangled == true && all["b1"]?.entangled == true)
    #expect(all["c1"]?.entangled == false)
    #expect(all.values.allSatisfy { $0.requests == 0 })
  }

  @Test func whatComesAfterTheReplyBelongsToTheLastQuestion() {
    begin("a1", "b1")
    meters.replied(to: "b1")
    meters.replied(to: "a1")
    request()
    #expect(meters.collect()["a1"]?.requests == 1)
  }

  @Test func theFirstReplyCountsAndCollectingBeginsAnew() throws {
    begin("a1")
    meters.replied(to: "a1")
    let first = meters.requests
    request()
    #expect(meters.requests == first + 1)
    let all = meters.collect()
    let replied = try #require(all["a1"]?.repliedAt)
    #expect(replied == Timestamp(unixSeconds: 1) + .milliseconds(1))
    #expect(meters.collect().isEmpty)
    request()
    #expect(meters.requests == 0)
  }
}
