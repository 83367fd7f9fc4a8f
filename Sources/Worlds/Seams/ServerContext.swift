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
