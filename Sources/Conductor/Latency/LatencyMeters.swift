import Evidence
import Synchronization
import Worlds

/// Meters each measured question: what the vendor requested for it, what the provider itself took,
/// and when the reply came. Questions overlap: a request belongs to the question whose words the
/// provider read in it, to the one whose reply it has just brought, or to the open one of the
/// person whom its path names. Any other belongs to the one question that is open at all. Where
/// several may be meant, they are entangled, and their requests are compared with nobody's.
final class LatencyMeters: Sendable {
  struct Meter: Sendable {
    var repliedAt: Timestamp?
    var upstream = Duration.zero
    var requests = 0
    var bytes = 0
    var spent = Event.LatencyPair.Spent(manager: .zero, provider: .zero)
    var entangled = false
    fileprivate var number: Int
    fileprivate var person: String
    fileprivate var replied: AsyncStream<Void>.Continuation
  }

  /// Whom a measured exchange was with.
  enum Partner {
    case provider
    case manager
    case platform
    case other
  }

  fileprivate struct State {
    var meters: [String: Meter] = [:]
    var begun = 0
    /// By person, messages whose reply the platform has, in a request that has not ended.
    var replying: [String: [String]] = [:]
    /// Messages by the provider's calls whose exchanges have not ended.
    var calls: [Int: String] = [:]
    /// By what stands in paths.
    var people: [String: String] = [:]
    var seen = 0
  }

  private let clock: any WorldClock
  private let state = Mutex(State())

  init(clock: any WorldClock) {
    self.clock = clock
  }

  /// - Parameter people: whom a part of a path stands for.
  func know(_ people: [String: String]) {
    state.withLock { $0.people = people }
  }

  /// Begins to meter `message`.
  ///
  /// - Returns: a stream that ends when its reply has arrived.
  func begin(_ message: String, by person: String) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream<Void>.makeStream()
    state.withLock { state in
      state.begun += 1
      state.meters[message] = Meter(number: state.begun, person: person, replied: continuation)
    }
    return stream
  }

  /// What was metered since the last time, by message.
  func collect() -> [String: Meter] {
    let old = state.withLock { state in
      defer { state = State(people: state.people) }
      return state
    }
    for meter in old.meters.values { meter.replied.finish() }
    return old.meters
  }

  /// How many requests were seen since `collect`.
  var requests: Int { state.withLock { $0.seen } }

  /// - Parameters:
  ///   - call: the provider's number of it, where it was with one.
  ///   - path: of the request.
  func addRequest(
    bytes: Int,
    with partner: Partner,
    took: Duration,
    call: Int?,
    path: String
  ) {
    state.withLock { state in
      guard !state.meters.isEmpty else { return }
      state.seen += 1
      let candidates = state.candidates(partner, call: call, path: path)
      state.change(candidates) { meter in
        meter.requests += 1
        meter.bytes += bytes
        switch partner {
        case .provider: meter.spent.provider += took
        case .manager: meter.spent.manager += took
        case .platform, .other: break
        }
      }
    }
  }

  /// - Parameter canaries: whose words were in the prompt.
  func add(upstream: Duration, ofCall order: Int, canaries: [String]) {
    state.withLock { state in
      guard !state.meters.isEmpty else { return }
      let message = state.message(saying: canaries)
      if let message { state.calls[order] = message }
      state.change(message.map { [$0] } ?? state.open(of: nil)) { $0.upstream += upstream }
    }
  }

  func replied(to message: String) {
    let now = clock.now
    state.withLock { state in
      guard let meter = state.meters[message], meter.repliedAt == nil else { return }
      state.meters[message]?.repliedAt = now
      state.replying[meter.person, default: []].append(message)
      meter.replied.finish()
    }
  }
}

extension LatencyMeters.State {
  private static let questionPrefix = "question/"

  /// Whose a request may be.
  mutating func candidates(
    _ partner: LatencyMeters.Partner,
    call: Int?,
    path: String
  ) -> [String] {
    if let message = call.flatMap({ calls.removeValue(forKey: $0) }) { return [message] }
    let named = path.split { "/?&".contains($0) }.compactMap { people[String($0)] }.first
    if partner == .platform, let named, let first = replying[named]?.first {
      replying[named]?.removeFirst()
      return [first]
    }
    return open(of: named)
  }

  /// Messages without a reply, of one person or of all; of none is open, the one that was answered
  /// last: what a vendor does when it has replied is part of what the question took.
  func open(of person: String?) -> [String] {
    let own = meters.filter { person == nil || $0.value.person == person }
    let open = own.filter { $0.value.repliedAt == nil }.map(\.key)
    if !open.isEmpty { return open }
    let last = own.max { first, second in
      (first.value.repliedAt?.nanoseconds ?? 0, first.value.number)
        < (second.value.repliedAt?.nanoseconds ?? 0, second.value.number)
    }
    return [last?.key].compactMap { $0 }
  }

  /// A prompt repeats what was said before: the question is the newest in it.
  func message(saying canaries: [String]) -> String? {
    canaries.filter { $0.hasPrefix(Self.questionPrefix) }
      .map { String($0.dropFirst(Self.questionPrefix.count)) }
      .filter { meters[$0] != nil }
      .max { (meters[$0]?.number ?? 0) < (meters[$1]?.number ?? 0) }
  }

  mutating func change(
    _ candidates: [String],
    _ change: (inout LatencyMeters.Meter) -> Void
  ) {
    guard candidates.count == 1 else {
      for message in candidates { meters[message]?.entangled = true }
      return
    }
    guard var meter = meters[candidates[0]] else { return }
    change(&meter)
    meters[candidates[0]] = meter
  }
}
