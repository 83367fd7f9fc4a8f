import Logging
import Wire
import Worlds

/// Works one message from received to delivered; whatever happens, the person is told something.
struct Assistant: Sendable {
  let tenants: [String: OrchestratorConfiguration.Tenant]
  let limits: OrchestratorConfiguration.Limits
  let permissions: Permissions
  let keys: KeyStanding
  let retriever: any Retriever
  let answerer: any Answerer
  let journal: any MessageJournal
  let memory: MessageStore
  let seats: SeatStore
  let waiting: WaitingMessages
  let delivery: Delivery
  let eraser: Eraser
  let clock: any WorldClock
  let logger: Logger

  /// An answer with what it drew on.
  private struct Answer: Sendable {
    var text: String
    var origin: AnswerOrigin
  }

  /// What is left to be done about a message.
  enum Handled: Sendable {
    case done
    /// It is to be taken up again when the key is another, and at this time in any case.
    case waits(until: Timestamp)
  }

  private enum Settled: Sendable {
    case outcome(JournaledMessage.Outcome)
    case waits(WaitingMessages.Place)
  }

  /// Returns when the message is delivered, has definitely failed, is to wait, or the program
  /// ends; what is left undone is taken up at the next start.
  func handle(_ job: WorkQueue.Job) async -> Handled {
    let message = job.journaled.message
    do {
      let outcome: JournaledMessage.Outcome
      var stream: ReplyStream?
      if let known = job.journaled.outcome {
        outcome = known
      } else {
        switch try await settle(message, showingIn: &stream) {
        case .outcome(let settled): outcome = settled
        case .waits(let place):
          job.waiter?.decline()
          return try await begin(place, for: message, stream: stream)
        }
      }
      try await delivery.deliver(
        outcome,
        to: message,
        from: job.journaled.partsSent,
        waiter: job.waiter,
        stream: stream
      )
      if tenants[message.tenant]?.keepsConversations == false { eraser.wake() }
    } catch {
      job.waiter?.decline()
      guard !error.endsTheRun else { return .done }
      logger.error(
        "A message could not be journaled; it is taken up at the next start",
        metadata: log(message, "failure", "\(type(of: error))")
      )
    }
    return .done
  }

  /// Tells the person once that the message waits.
  private func begin(
    _ place: WaitingMessages.Place,
    for message: ReceivedMessage,
    stream: ReplyStream?
  ) async throws -> Handled {
    if !place.isTold {
      let words = waiting.words(for: message.tenant)
      let isTold = try await delivery.tell(words, to: message, stream: stream) {
        try waiting.recordTold(message)
      }
      guard isTold else { return .done }
    }
    return .waits(until: place.until)
  }

  /// Answers or refuses, and journals which; or lets the message wait.
  private func settle(
    _ message: ReceivedMessage,
    showingIn stream: inout ReplyStream?
  ) async throws -> Settled {
    do {
      if let command = Command(message.question) {
        return .outcome(try await obey(command, message))
      }
      let answer =
        delivery.canStream(to: message)
        ? try await answerWhileShowing(message, in: &stream) : try await answerWhileTyping(message)
      try Task.checkCancellation()
      try journal.record(answer: answer.text, from: answer.origin, to: message)
      return .outcome(.answer(answer.text, documents: answer.origin.documents))
    } catch let failure as Unanswered {
      try Task.checkCancellation()
      if failure.refusal == .keyRejected, let place = try waiting.place(for: message) {
        return .waits(place)
      }
      try journal.record(refusal: failure.refusal, to: message)
      logger.notice("Refused", metadata: log(message, "reason", failure.refusal.rawValue))
      return .outcome(.refusal(failure.refusal))
    }
  }

  /// - Throws: `Unanswered`, or what ends the task.
  private func obey(
    _ command: Command,
    _ message: ReceivedMessage
  ) async throws -> JournaledMessage.Outcome {
    switch command {
    case .help:
      try journal.record(notice: .help, to: message)
      return .notice(.help)
    case .forget:
      guard let tenant = tenants[message.tenant] else { throw Unanswered(refusal: .notAllowed) }
      try await refusingPlainly(message) {
        try await permissions.bases(ofAsker: message, in: tenant)
        try memory.forget(conversationBefore: message)
      }
      eraser.wake()
      try journal.record(notice: .forgotten, to: message)
      return .notice(.forgotten)
    }
  }

  private enum Step: Sendable {
    case worked(Result<Answer, any Error>)
    case waitedEnough
    case shown
  }

  /// The typing indicator is shown beside work that takes its time, and never after its result.
  private func answerWhileTyping(_ message: ReceivedMessage) async throws -> Answer {
    guard delivery.canShowTyping(to: message) else { return try await answer(message) }
    let result = await withTaskGroup(of: Step.self) { group -> Result<Answer, any Error>? in
      group.addTask {
        do { return .worked(.success(try await answer(message))) } catch {
          return .worked(.failure(error))
        }
      }
      group.addTask {
        try? await clock.sleep(for: .milliseconds(limits.typingAfterMilliseconds))
        return .waitedEnough
      }
      var result: Result<Answer, any Error>?
      var isShowing = false
      for await step in group {
        switch step {
        case .worked(let outcome):
          result = outcome
          // An indicator on its way is waited for: cut off, it might arrive after the answer.
          if !isShowing { group.cancelAll() }
        case .waitedEnough:
          guard result == nil, !Task.isCancelled else { continue }
          isShowing = true
          group.addTask {
            await delivery.showTyping(to: message)
            return .shown
          }
        case .shown: break
        }
      }
      return result
    }
    guard let result else { throw CancellationError() }
    return try result.get()
  }

  /// The person sees the answer grow.
  private func answerWhileShowing(
    _ message: ReceivedMessage,
    in stream: inout ReplyStream?
  ) async throws -> Answer {
    let growing = GrowingText()
    async let shown = delivery.show(growing, to: message)
    do {
      let answer = try await answer(message) { growing.grow(to: $0) }
      growing.finish()
      stream = await shown
      return answer
    } catch {
      growing.finish()
      stream = await shown
      throw error
    }
  }

  /// - Throws: `Unanswered`, or what ends the task.
  private func answer(
    _ message: ReceivedMessage,
    telling progress: (@Sendable (String) -> Void)? = nil
  ) async throws -> Answer {
    guard let tenant = tenants[message.tenant] else { throw Unanswered(refusal: .notAllowed) }
    return try await refusingPlainly(message) {
      let access = try await permissions.access(of: message, in: tenant)
      try seats.take(
        message.person,
        on: message.platform.rawValue,
        of: tenant.id,
        at: clock.now
      )
      return try await answer(message, in: tenant, with: access, telling: progress)
    }
  }

  /// - Throws: `Unanswered` for whatever goes wrong, or what ends the task.
  private func refusingPlainly<Result>(
    _ message: ReceivedMessage,
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch Permissions.Failure.notAllowed {
      throw Unanswered(refusal: .notAllowed)
    } catch Permissions.Failure.deactivated {
      throw Unanswered(refusal: .deactivated)
    } catch Permissions.Failure.directoryUnavailable {
      throw Unanswered(refusal: .directoryUnavailable)
    } catch let failure as ModelFailure {
      // That there is no key is as true while the provider is silent, and there is a remedy.
      let known = failure == .unavailable ? try? keys.failure(of: message.tenant) : nil
      throw Unanswered(refusal: Refusal(known ?? failure))
    } catch let error where error.endsTheRun {
      throw error
    } catch {
      logger.error("Answering failed", metadata: log(message, "failure", "\(type(of: error))"))
      throw Unanswered(refusal: .providerUnavailable)
    }
  }

  private func answer(
    _ message: ReceivedMessage,
    in tenant: OrchestratorConfiguration.Tenant,
    with access: Permissions.Access,
    telling progress: (@Sendable (String) -> Void)?
  ) async throws -> Answer {
    let call = ModelCall(
      tenant: tenant.id,
      exchange: message.exchange,
      deadline: clock.now + .seconds(limits.messageSeconds)
    )
    var chunks: [RetrievedChunk] = []
    if !access.bases.isEmpty {
      chunks = try await retriever.retrieve(
        RetrievalRequest(
          question: message.question,
          bases: access.bases,
          count: limits.chunksPerPrompt,
          call: call
        )
      )
    }
    let turns = try memory.turns(
      before: message,
      visibleWith: access,
      atMost: limits.historyTurns,
      upTo: limits.recalledBytes
    )
    let text = try await answerer.answer(
      AnswerRequest(
        organization: tenant.name,
        question: message.question,
        turns: turns,
        chunks: chunks,
        call: call,
        progress: progress
      )
    )
    // An answer may repeat what earlier turns said, so it has drawn on their bases as well.
    let bases = Set(chunks.map(\.base)).union(turns.flatMap(\.origin.bases))
    return Answer(
      text: text,
      origin: AnswerOrigin(
        bases: bases.sorted(),
        audience: access.audience,
        documents: Prompt.documents(chunks)
      )
    )
  }

  private func log(
    _ message: ReceivedMessage,
    _ name: String,
    _ value: String
  ) -> Logger.Metadata {
    ["message": "\(message.id)", "tenant": "\(message.tenant)", name: "\(value)"]
  }
}

/// A message that gets a refusal instead of an answer.
private struct Unanswered: Error {
  var refusal: Refusal
}
