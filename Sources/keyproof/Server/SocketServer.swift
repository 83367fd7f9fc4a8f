import Foundation
import Guarantees
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Worlds

/// A program as a command runs it: what answers, what runs beside, and what is done at the end.
struct SocketService: Sendable {
  var responder: Responder
  /// Runs until it is cancelled; what it throws ends the server.
  var background: @Sendable () async throws -> Void
  /// Told as soon as the process was asked to stop, while answers are still open.
  var stopping: @Sendable () -> Void = {}
  /// Then waited for, while there still is listening: whoever comes can be told to go elsewhere.
  /// It bounds its own time.
  var drain: @Sendable () async -> Void = {}
  /// Once nobody is answered any more.
  var finish: @Sendable () throws -> Void
}

/// Serves a program on a socket until the process is told to stop; told twice, it stops at once.
struct SocketServer: Sendable {
  let host: String
  /// 0 for any that is free.
  let port: Int
  let limits: ServerLimits
  let clock: any WorldClock

  /// - Parameter onListening: told the port, before the first request is taken.
  /// - Throws: `ListeningFailure` when there is no listening at that address, or what the
  ///   service throws.
  func run(
    _ service: SocketService,
    onListening: @escaping @Sendable (Int) -> Void
  ) async throws {
    do {
      try await serve(service, onListening: onListening)
    } catch {
      // The first fault is the one to tell; what goes with the process goes all the same.
      try? service.finish()
      throw error
    }
    try service.finish()
  }

  private func serve(
    _ service: SocketService,
    onListening: @escaping @Sendable (Int) -> Void
  ) async throws {
    let application = application(for: service.responder, onListening: onListening)
    let services = ServiceGroup(
      configuration: .init(services: [application], logger: application.logger)
    )
    let signals = StopSignals()
    let limit = limits.drainSeconds
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await services.run() }
        group.addTask { try await service.background() }
        group.addTask {
          await signals.next()
          service.stopping()
          try await Self.unlessToldAgain(signals) {
            await service.drain()
            await services.triggerGracefulShutdown()
            // Open answers may end; a stream that goes on for ever is not waited for.
            try await Task.sleep(for: .seconds(limit))
          }
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    } catch let error as IOError {
      throw ListeningFailure(host: host, port: port, error: error)
    } catch is CancellationError {
      // Stopped while answers were open.
    }
  }

  /// Ends the process at once when it is told to stop once more.
  private static func unlessToldAgain(
    _ signals: StopSignals,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(operation: body)
      group.addTask {
        await signals.next()
        try Task.checkCancellation()
        // Not `exit`, which waits for what is still running.
        _exit(ExitStatus.interrupted.rawValue)
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func application(
    for responder: @escaping Responder,
    onListening: @escaping @Sendable (Int) -> Void
  ) -> Application<SocketResponder> {
    var quiet = Logger(label: "server")
    quiet.logLevel = .critical
    let stall = TimeAmount.seconds(Int64(limits.stallSeconds))
    return Application(
      responder: SocketResponder(
        responder: responder,
        bodyLimit: .seconds(limits.bodySeconds),
        clock: clock,
        logger: quiet
      ),
      server: HTTPServerBuilder { answer in
        ConnectionOnItsLoop(
          base: HTTP1Channel(
            responder: answer,
            configuration: .init(
              additionalChannelHandlers: [StalledWrites(limit: stall)],
              idleTimeout: .seconds(Int64(limits.idleSeconds)),
              httpDecoderConfiguration: .init(
                maxHeaderFieldSize: limits.headerBytes,
                maxHeaderListSize: limits.headerBytes,
                maxHeaderFieldCount: limits.headerFields
              )
            )
          )
        )
      },
      configuration: .init(
        address: .hostname(host, port: port),
        serverName: nil,
        availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)
      ),
      onServerRunning: { channel in
        if let port = channel.localAddress?.port { onListening(port) }
      },
      logger: quiet
    )
  }
}

/// There is no listening at the address that was asked for.
struct ListeningFailure: Error, CustomStringConvertible {
  let host: String
  let port: Int
  let error: IOError

  var description: String {
    let reason =
      switch error.errnoCode {
      case EADDRINUSE: "the port is in use; another can be given by --port, 0 takes any"
      case EACCES: "ports below 1024 need privileges"
      case EADDRNOTAVAIL: "this machine has no such address"
      default: String(cString: strerror(error.errnoCode))
      }
    return "cannot listen on \(host):\(port): \(reason)"
  }
}

/// Hands what a socket brings to a world's responder.
private struct SocketResponder: HTTPResponder {
  struct Context: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
      coreContext = .init(source: source)
      channel = source.channel
    }
  }

  let responder: Responder
  let bodyLimit: Duration
  let clock: any WorldClock
  let logger: Logger

  func respond(to request: Request, context: Context) async throws -> Response {
    let channel = context.channel
    let body = TimedBody(body: request.body, deadline: clock.now + bodyLimit, clock: clock) {
      // The rest of the body is not waited for: the answer gets a moment to go out.
      _ = channel.eventLoop.scheduleTask(in: .seconds(1)) { channel.close(promise: nil) }
    }
    let timed = Request(head: request.head, body: RequestBody(asyncSequence: body))
    let inner = ServerContext(source: .init(logger: logger))
    do {
      return try await responder(timed, inner)
    } catch let error as any HTTPResponseError {
      return try error.response(from: request, context: inner)
    } catch TransportError.connectionReset {
      // A fault that was asked for: the client sees its connection break, and no answer.
      try? await channel.close()
      throw TransportError.connectionReset
    }
  }
}
