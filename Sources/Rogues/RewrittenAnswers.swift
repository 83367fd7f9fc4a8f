import HTTPTypes
import Hummingbird
import NIOCore
import Wire
import Worlds

extension Program {
  /// The same program, which tells administrators something else than its records have.
  ///
  /// - Parameter page: the last segment of the path whose documents are changed.
  func rewriting(
    _ page: String,
    _ change: @escaping @Sendable (JSONValue) -> JSONValue
  ) -> Program {
    var program = self
    program.hosts = hosts.mapValues { responder in
      { request, context in
        let response = try await responder(request, context)
        guard request.uri.path.hasPrefix("/admin/"), request.uri.path.hasSuffix("/" + page),
          response.status == .ok
        else { return response }
        let collected = CollectedBody()
        try await response.body.write(collected)
        guard let document = try? JSONValue(json: collected.bytes) else { return response }
        return Response(
          status: .ok,
          headers: [.contentType: "application/json"],
          body: .init(byteBuffer: ByteBuffer(bytes: change(document).json()))
        )
      }
    }
    return program
  }
}

/// A response's body in memory: documents of the admin API are short.
private final class CollectedBody: ResponseBodyWriter {
  private(set) var bytes: [UInt8] = []

  func write(_ buffer: ByteBuffer) async throws {
    bytes.append(contentsOf: buffer.readableBytesView)
  }

  func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

extension JSONValue {
  /// The same object with one member changed, where it has it.
  func changing(_ name: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(
      members.map { $0.name == name ? Member(name, change($0.value)) : $0 }
    )
  }

  func mappingElements(_ change: (JSONValue) -> JSONValue) -> JSONValue {
    elements.map { .array($0.map(change)) } ?? self
  }
}
