import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Wire
import Worlds

/// Where the platforms deliver messages: judged, journaled, acknowledged, and only then worked on.
struct MessageEndpoints: Sendable {
  private let teams: TeamsCallers?
  private let googleChat: GoogleChatCallers?
  private let repliesSynchronously: Bool
  private let synchronousWait: Duration
  private let journal: any MessageJournal
  private let queue: WorkQueue
  private let presses: ButtonPresses
  private let drain: Drain
  private let clock: any WorldClock
  private let logger: Logger

  private static let longestBody = 1 << 20
  private static let teamsPath = "/api/messages"
  private static let googleChatPath = "/api/google-chat"
  static let paths = [teamsPath, googleChatPath]

  init(
    configuration: OrchestratorConfiguration,
    transport: TimedTransport,
    journal: any MessageJournal,
    queue: WorkQueue,
    presses: ButtonPresses,
    drain: Drain,
    logger: Logger
  ) throws(ConfigurationFault) {
    let tenants = configuration.tenants
    teams =
      if let settings = configuration.teams {
        try TeamsCallers(settings, tenants: tenants, transport: transport)
      } else {
        nil
      }
    googleChat =
      if let settings = configuration.googleChat {
        try GoogleChatCallers(settings, tenants: tenants, transport: transport)
      } else {
        nil
      }
    repliesSynchronously = configuration.googleChat?.replies == .synchronous
    synchronousWait = .seconds(configuration.limits.synchronousReplySeconds)
    self.journal = journal
    self.queue = queue
    self.presses = presses
    self.drain = drain
    clock = transport.clock
    self.logger = logger
  }

  func addRoutes(to router: Router<ServerContext>) {
    if let teams {
      router.post(RouterPath(Self.teamsPath)) { request, _ in
        try await judged { try await receive(request, teams) }
      }
    }
    if let googleChat {
      router.post(RouterPath(Self.googleChatPath)) { request, _ in
        try await judged { try await receive(request, googleChat) }
      }
    }
  }

  private func receive(_ request: Request, _ callers: TeamsCallers) async throws -> Response {
    let body = try await request.body.collect(upTo: Self.longestBody)
    let token = try await callers.verify(authorization: request.headers[.authorization])
    guard let activity = try? BotFramework.Activity(json: body.bytes) else {
      return .failure(.badRequest, "bad_request", "The body is not an activity.")
    }
    switch try callers.examine(activity, sentWith: token) {
    case .message(let message): return take(message) { Response(status: .accepted) }
    case .pressed(let press): return .invoke(obey(press))
    case .voted(let press): return .vote(obey(press))
    case .unknownButton: return .unknownInvoke
    case .ignored: return Response(status: .ok)
    case .unsupported: return Response(status: .notImplemented)
    case .unknownTenant:
      return .failure(.forbidden, "unknown_tenant", "This organization is not a customer.")
    case .incomplete:
      return .failure(.badRequest, "bad_request", "The activity lacks what a message has.")
    }
  }

  private func receive(
    _ request: Request,
    _ callers: GoogleChatCallers
  ) async throws -> Response {
    let body = try await request.body.collect(upTo: Self.longestBody)
    try await callers.verify(authorization: request.headers[.authorization])
    guard let event = try? GoogleChat.Event(json: body.bytes) else {
      return .failure(.badRequest, "bad_request", "The body is not an event.")
    }
    switch callers.examine(event) {
    case .message(let message) where repliesSynchronously:
      let waiter = SynchronousReply()
      var journaled: JournaledMessage?
      let taken = take(message, waiter: waiter, journaled: &journaled) { .emptyObject }
      guard let journaled else { return taken }
      return await answer(journaled.message, waiter)
    case .message(let message): return take(message) { .emptyObject }
    case .pressed(let press):
      let isGroup = event.space?.isDirectMessage != true
      return .cardClick(obey(press), privatelyTo: isGroup ? press.person : nil)
    case .ignored: return .emptyObject
    case .unknownTenant:
      return .failure(.forbidden, "unknown_tenant", "This organization is not a customer.")
    case .incomplete:
      return .failure(.badRequest, "bad_request", "The event lacks what a message has.")
    }
  }

  /// What a button wants is done before its person is told so.
  private func obey(_ press: PressedButton) -> ButtonAnswer {
    switch presses.take(press) {
    case .answer(let answer): return answer
    case .ask(let again):
      // Pressed twice, it is asked once: the second finds its message journaled.
      let response = take(again) { Response(status: .accepted) }
      return response.status == .accepted ? .askingAgain : .busy
    }
  }

  /// Journals a message and hands it to the workers, or while the program stops leaves it to the
  /// next start; a repetition is acknowledged and no more.
  private func take(
    _ message: ReceivedMessage,
    acknowledgement: () -> Response
  ) -> Response {
    var journaled: JournaledMessage?
    return take(message, waiter: nil, journaled: &journaled, acknowledgement: acknowledgement)
  }

  private func take(
    _ message: ReceivedMessage,
    waiter: SynchronousReply?,
    journaled: inout JournaledMessage?,
    acknowledgement: () -> Response
  ) -> Response {
    guard queue.reserve(message.tenant) else {
      return .failure(.serviceUnavailable, "busy", "Too many messages wait. Please come again.")
    }
    do {
      journaled = try journal.receive(message)
    } catch {
      queue.giveBackReservation(message.tenant)
      logger.error("A message could not be journaled", metadata: ["tenant": "\(message.tenant)"])
      return .failure(.serviceUnavailable, "busy", "The message could not be kept.")
    }
    if case .refusal(let refusal) = journaled?.outcome {
      logger.notice(
        "Refused",
        metadata: [
          "message": "\(journaled?.message.id ?? 0)", "tenant": "\(message.tenant)",
          "reason": "\(refusal.rawValue)",
        ]
      )
    }
    if let journaled, drain.isServing {
      queue.submit(WorkQueue.Job(journaled: journaled, waiter: waiter))
    } else {
      queue.giveBackReservation(message.tenant)
      waiter?.decline()
    }
    return acknowledgement()
  }

  /// Waits for the answer for a while; what comes later goes through the REST API.
  private func answer(_ message: ReceivedMessage, _ waiter: SynchronousReply) async -> Response {
    guard let reply = await waiter.reply(within: synchronousWait, clock) else {
      return .emptyObject
    }
    let body = ByteBuffer(bytes: GoogleChatReplySender.body(reply.part, thread: message.thread))
    return Response(
      status: .ok,
      headers: [.contentType: "application/json"],
      body: ResponseBody(contentLength: body.readableBytes) { writer in
        try await drain.undivided {
          do {
            try await writer.write(body)
            try await writer.finish(nil)
          } catch {
            // The connection broke: the reply goes through the REST API instead.
            queue.resubmit(
              WorkQueue.Job(
                journaled: JournaledMessage(message: message, outcome: reply.outcome, partsSent: 0)
              )
            )
            throw error
          }
          try journal.recordDelivered(message, as: nil)
        }
      }
    )
  }

  private func judged(_ body: () async throws -> Response) async throws -> Response {
    do {
      return try await body()
    } catch CallerRefusal.unauthorized(let reason) {
      logger.notice("Caller refused", metadata: ["reason": "\(reason)"])
      return .failure(.unauthorized, "unauthorized", "The caller could not be verified.")
    } catch CallerRefusal.keysUnavailable {
      logger.warning("A token issuer's keys cannot be had")
      return .failure(.serviceUnavailable, "unavailable", "The caller cannot be verified now.")
    }
  }
}
