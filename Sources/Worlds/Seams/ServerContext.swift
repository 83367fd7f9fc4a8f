package import Hummingbird
package import Logging

/// The request context of every server in a world: as a socket gives it, or without one.
package struct ServerContext: RequestContext {
  package struct Source: RequestContextSource {
    package var logger: Logger

    package init(logger: Logger) {
      self.logger = logger
    }
  }

  package var coreContext: CoreRequestContextStorage

  package init(source: Source) {
    coreContext = .init(source: source)
  }

  /// Bodies beyond this are refused with 413 before they are read whole.
  package var maxUploadSize: Int { 1 << 20 }
}

/// What answers requests: a router's responder, whatever its concrete type.
package typealias Responder = @Sendable (Request, ServerContext) async throws -> Response

/// Asks a responder, and turns what it throws into the response that a server would send.
///
/// - Throws: `CancellationError` and `TransportError`: there is nobody left to answer.
func answer(
  _ request: Request,
  _ context: ServerContext,
  with responder: Responder
) async throws -> Response {
  do {
    return try await responder(request, context)
  } catch let error as any HTTPResponseError {
    return try error.response(from: request, context: context)
  } catch let error as CancellationError {
    throw error
  } catch let error as TransportError {
    throw error
  } catch {
    return Response(status: .internalServerError)
  }
}
