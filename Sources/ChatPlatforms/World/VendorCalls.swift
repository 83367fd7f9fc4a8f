import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// A call of the vendor that is answered with an error, from however deep within its handling.
struct RefusedCall: Error {
  let response: Response
}

extension Router<ServerContext> {
  /// What answers by these routes.
  func answering() -> Worlds.Responder {
    let responder = buildResponder()
    return { request, context in
      do {
        return try await responder.respond(to: request, context: context)
      } catch let refused as RefusedCall {
        return refused.response
      }
    }
  }
}

/// One page of a list whose continuation tokens are offsets.
struct ListPage {
  let range: Range<Int>
  /// The token of the next page.
  let next: String?

  /// - Parameter token: nil or empty for the first page.
  /// - Returns: nil for a token that was never given.
  init?(token: String?, size: Int, of count: Int) {
    var start = 0
    if let token, !token.isEmpty {
      guard let offset = Int(token), (0...count).contains(offset) else { return nil }
      start = offset
    }
    let end = min(start + size, count)
    range = start..<end
    next = end < count ? String(end) : nil
  }
}

/// The body of a request, as far as it may be read.
enum BoundedBody {
  case whole(ByteBuffer)
  case tooLarge

  static func read(_ request: Request, upTo limit: Int) async throws -> BoundedBody {
    do {
      return .whole(try await request.body.collect(upTo: limit))
    } catch is NIOTooManyBytesError {
      return .tooLarge
    }
  }
}

extension Parameters {
  /// A part of the path with its percent escapes undone.
  func decoded(_ name: String) -> String {
    let raw = get(name) ?? ""
    return raw.utf8.contains(UInt8(ascii: "%")) ? raw.percentDecoded ?? raw : raw
  }
}

extension Request {
  /// The bearer token, or nil when none is sent.
  var bearerToken: String? {
    guard let field = headers[.authorization], field.lowercased().hasPrefix("bearer ") else {
      return nil
    }
    return String(field.dropFirst(7))
  }

  /// A query parameter; some clients escape the `$` of OData's names.
  func query(_ name: String) -> String? {
    let parameters = uri.queryParameters
    if let value = parameters[name[...]] { return String(value) }
    guard name.hasPrefix("$") else { return nil }
    return parameters["%24\(name.dropFirst())"].map(String.init)
  }
}
