import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// Documents in the admin API: their texts as bodies, what is told of them as JSON.
struct AdminDocuments: Sendable {
  let documents: DocumentAdministration

  private struct Listing: Encodable {
    var documents: [DocumentSummary]
  }

  @Sendable
  func list(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    try answering {
      try .json(Listing(documents: try documents.documents(in: Self.base(context), of: tenant)))
    }
  }

  @Sendable
  func show(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    try answering {
      try .json(try documents.document(Self.name(context), in: Self.base(context), of: tenant))
    }
  }

  @Sendable
  func remove(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    try answering {
      try documents.remove(
        Self.name(context),
        in: Self.base(context),
        of: tenant,
        by: AuditLog.apiActor
      )
      return Response(status: .noContent)
    }
  }

  private struct Reindexing: Encodable {
    var documents: Int
  }

  /// Has all documents of a base embedded anew in the background; they are found meanwhile.
  @Sendable
  func reindex(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    try answering {
      let count = try documents.reindex(
        Self.base(context),
        of: tenant,
        by: AuditLog.apiActor
      )
      return try .json(Reindexing(documents: count), status: .accepted)
    }
  }

  @Sendable
  func put(
    _ request: Request,
    _ context: ServerContext,
    _ tenant: String
  ) async throws -> Response {
    let base = Self.base(context)
    let name = Self.name(context)
    // What cannot be taken is said before a body is read.
    guard documents.has(base, tenant) else { return Self.response(to: .unknownBase) }
    guard DocumentAdministration.mayBeName(name) else { return Self.response(to: .badName) }
    guard Self.isText(request.headers[.contentType]) else {
      return .failure(
        .unsupportedMediaType,
        "not_text",
        "Documents are text/markdown or text/plain."
      )
    }
    let body = try await request.body.collect(upTo: documents.limits.documentBytes)
    guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
      return .failure(.badRequest, "not_utf8", "The document is not UTF-8.")
    }
    do {
      let (summary, isNew) = try await documents.put(
        text,
        named: name,
        in: base,
        of: tenant,
        by: AuditLog.apiActor
      )
      return try .json(summary, status: isNew ? .created : .ok)
    } catch let refusal as DocumentAdministration.Refusal {
      return Self.response(to: refusal)
    }
  }

  private func answering(_ body: () throws -> Response) throws -> Response {
    do {
      return try body()
    } catch let refusal as DocumentAdministration.Refusal {
      return Self.response(to: refusal)
    }
  }

  private static func base(_ context: ServerContext) -> String {
    context.parameters.get("base") ?? ""
  }

  private static func name(_ context: ServerContext) -> String {
    context.parameters.get("name")?.removingPercentEncoding ?? ""
  }

  private static func isText(_ contentType: String?) -> Bool {
    let type = contentType?.split(separator: ";").first?
      .trimmingCharacters(in: .whitespaces).lowercased()
    return type == "text/markdown" || type == "text/plain"
  }

  private static func response(to refusal: DocumentAdministration.Refusal) -> Response {
    switch refusal {
    case .unknownBase: .failure(.notFound, "unknown_base", "There is no such knowledge base.")
    case .unknownDocument: .failure(.notFound, "unknown_document", "There is no such document.")
    case .badName: .failure(.badRequest, "bad_name", "This cannot be a document's name.")
    case .baseFull: .failure(.conflict, "base_full", "This knowledge base is full.")
    }
  }
}
