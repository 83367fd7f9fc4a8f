import HTTPTypes
import Hummingbird
import NIOCore
import Secrets
import Synchronization
import Wire
import Worlds

/// Answers requests that were read and whose credentials were checked, for any provider that speaks
/// OpenAI's API. It knows nothing of paths, keys and bodies of errors: those are its owner's.
///
/// A call goes through `plan`, which may strike it with a fault; then its owner checks the
/// credential; then `complete`, `embed` or `respond` answers.
final class InferenceService: Sendable {
  let clock: any WorldClock
  let randomness: Randomness
  let chunksPerAnswer: Int
  let headers: SuccessHeaders
  let additions: ChatAdditions
  private let usualSpeed: ModelSpeed
  private let fingerprinter: Fingerprinter?
  let state: Mutex<State>

  struct State: Sendable {
    /// How often the same content was asked: equal calls get draws of their own.
    var occurrences = OccurrenceCounter()
    var behaviour = BehaviourState(ProviderBehaviour())
    var speed: ModelSpeed
    var responses = StoredResponses()
  }

  /// - Parameters:
  ///   - chunksPerAnswer: pieces of a streamed answer where no behaviour says otherwise.
  ///   - additions: what the provider adds to the bodies of chat completions.
  ///   - fingerprinter: names the keys that rules are for; without it only ids do.
  ///   - headers: those of a 200.
  init(
    speed: ModelSpeed,
    chunksPerAnswer: Int,
    clock: any WorldClock,
    randomness: Randomness,
    additions: ChatAdditions = .none,
    fingerprinter: Fingerprinter? = nil,
    headers: @escaping SuccessHeaders
  ) {
    usualSpeed = speed
    self.chunksPerAnswer = max(1, chunksPerAnswer)
    self.clock = clock
    self.randomness = randomness
    self.additions = additions
    self.fingerprinter = fingerprinter
    self.headers = headers
    state = Mutex(State(speed: speed))
  }

  /// The behaviour in force. Setting one starts its counts and allowances anew.
  var behaviour: ProviderBehaviour {
    get { state.withLock { $0.behaviour.behaviour } }
    set {
      let speed = newValue.latency?.speed(else: usualSpeed) ?? usualSpeed
      state.withLock { state in
        state.behaviour = BehaviourState(newValue, number: state.behaviour.number + 1)
        state.speed = speed
      }
    }
  }

  /// The draws of one call. Equal calls are told apart by their number, so each draws once.
  func draws(for call: ObservedCall) -> CallDraws {
    let digest = ContentDigest(call.prompt.isEmpty ? call.endpoint : call.prompt)
    let ordinal = state.withLock { $0.occurrences.next(digest) }
    return CallDraws(randomness.generator("call/\(digest)/\(ordinal)"))
  }

  /// Decides what is in store for a call, and strikes it when that comes before any answer.
  ///
  /// - Parameter question: the last message of the user, or the inputs.
  /// - Throws: `Refusal`, or `TransportError.connectionReset` for a connection that breaks.
  func plan(
    _ call: OngoingCall,
    question: @autoclosure () -> String,
    organization: String?
  ) async throws -> CallPlan {
    var plan = decide(call, question)
    if case .truncateStream(let pieces) = call.fault {
      plan.effects.append(.truncate(afterPieces: pieces))
    }
    for effect in plan.effects {
      switch effect {
      case .slowHead(let delay):
        call.update { $0.struckByFault = true }
        try await clock.sleep(for: delay)
      case .disconnect(nil):
        call.update { $0.struckByFault = true }
        throw TransportError.connectionReset
      default:
        if let refusal = Refusal(effect, call.observed, organization: organization) {
          call.update { $0.struckByFault = true }
          throw refusal
        }
      }
    }
    return plan
  }

  private func decide(_ call: OngoingCall, _ question: () -> String) -> CallPlan {
    var (behaviour, number) = state.withLock { ($0.behaviour.ruled, $0.behaviour.number) }
    guard behaviour != nil else { return .none }
    let observed = call.observed
    let facts = CallFacts(
      path: observed.endpoint,
      model: observed.model,
      keyID: observed.keyID,
      presented: observed.presented,
      streamed: observed.streamed,
      question: question(),
      prompt: observed.prompt
    )
    while let rules = behaviour {
      let matches = BehaviourMatches(rules, for: facts, fingerprinter: fingerprinter)
      let plan: CallPlan? = state.withLock { state in
        guard state.behaviour.number == number else {
          (behaviour, number) = (state.behaviour.ruled, state.behaviour.number)
          return nil
        }
        return state.behaviour.plan(for: facts, matches, randomness: randomness)
      }
      if let plan { return plan }
    }
    return .none
  }

  /// Takes the call's tokens from its allowance.
  ///
  /// - Throws: `Refusal` where the allowance is used up.
  func takeAllowance(
    tokens: Int,
    model: OpenAIModel,
    _ caller: InferenceCaller
  ) throws -> RateLimitReading {
    let now = clock.now
    let decision = state.withLock { state in
      state.behaviour.limiter.take(tokens: tokens, model: model.id, caller: caller, now: now)
    }
    switch decision {
    case .unlimited: return .generous(tokens: tokens)
    case .admitted(let reading): return reading
    case .refused(let excess, let reading):
      throw Refusal.rateLimited(excess, reading, model: model.id, caller.organizationID)
    }
  }

  /// Undoes `takeAllowance`, where a call is refused after all.
  func giveBackAllowance(tokens: Int, model: OpenAIModel, _ caller: InferenceCaller) {
    state.withLock { state in
      state.behaviour.limiter.giveBack(tokens: tokens, model: model.id, caller: caller)
    }
  }

  /// Waits until `delay` after `start`, so that lateness does not add up over an answer.
  func wait(for delay: Duration, after start: Timestamp, _ call: OngoingCall) async throws {
    call.update { $0.upstreamDelay = delay }
    if delay > .zero { try await clock.sleep(until: start + delay) }
    try Task.checkCancellation()
  }

  /// A 200 whose call ends when its body is written.
  func whole(
    _ body: [UInt8],
    _ facts: SuccessFacts,
    _ plan: CallPlan,
    _ call: OngoingCall,
    _ change: @escaping @Sendable (inout ObservedCall) -> Void = { _ in }
  ) -> Response {
    call.update { $0.status = 200 }
    var facts = facts
    plan.spoil(&facts, call)
    guard !plan.strikesAnswer else {
      return halved(body, headers(facts), plan, call, change)
    }
    let buffer = ByteBuffer(bytes: body)
    return Response(
      status: .ok,
      headers: headers(facts),
      body: ResponseBody(contentLength: buffer.readableBytes) { writer in
        do {
          try await writer.write(buffer)
        } catch {
          call.end(.cutOff)
          throw error
        }
        call.end(.completed, change)
        try await writer.finish(nil)
      }
    )
  }

  /// A body in two pieces and without a stated length, for faults to strike between.
  private func halved(
    _ body: [UInt8],
    _ headers: HTTPFields,
    _ plan: CallPlan,
    _ call: OngoingCall,
    _ change: @escaping @Sendable (inout ObservedCall) -> Void
  ) -> Response {
    Response(
      status: .ok,
      headers: headers,
      body: ResponseBody { writer in
        var answer = AnswerWriter(writer, plan, call, clock: self.clock)
        do {
          try await answer.write(Array(body[..<(body.count / 2)]))
          try await answer.write(Array(body[(body.count / 2)...]), endingAt: 0)
          call.end(.completed, change)
        } catch is AnswerCut {
          call.end(.cutOff)
        } catch {
          call.end(.cutOff)
          throw error
        }
        try await writer.finish(nil)
      }
    )
  }
}
