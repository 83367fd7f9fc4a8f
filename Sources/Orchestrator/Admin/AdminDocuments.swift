import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Worlds

/// Keeping the documents of a customer's knowledge bases.
struct AdminDocuments: Sendable {
  let tenants: [String: Set<String>]
  let knowledge: KnowledgeStore
  let indexer: KnowledgeIndexer
  let limits: OrchestratorConfiguration.Limits
  let clock: any WorldClock

  init(
    tenants: [OrchestratorConfiguration.Tenant],
    knowledge: KnowledgeStore,
    indexer: KnowledgeIndexer,
    limits: OrchestratorConfiguration.Limits,
    clock: any WorldClock
  ) {
    self.tenants = Dictionary(
      uniqueKeysWithValues: tenants.map { ($0.id, Set($0.bases)) }
    )
    self.knowledge = knowledge
    self.indexer = indexer
    self.limits = limits
    self.clock = clock
  }

  private struct Listing: Encodable {
    var documents: [DocumentSummary]
  }

  @Sendable
  func list(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    guard let base = base(in: context, tenant) else { return Self.unknownBase }
    return try .json(Listing(documents: try knowledge.documents(in: base, of: tenant)))
  }

  @Sendable
  func show(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    guard let base = base(in: context, tenant) else { return Self.unknownBase }
    guard let name = Self.name(in: context),
      let summary = try knowledge.documents(in: base, of: tenant, named: name).first
    else { return Self.unknownDocument }
    return try .json(summary)
  }

  @Sendable
  func remove(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    guard let base = base(in: context, tenant) else { return Self.unknownBase }
    guard let name = Self.name(in: context),
      try knowledge.remove(name, in: base, of: tenant)
    else { return Self.unknownDocument }
    return Response(status: .noContent)
  }

  private struct Reindexing: Encodable {
    var documents: Int
  }

  /// Has all documents of a base embedded anew in the background; they are found meanwhile.
  @Sendable
  func reindex(_: Request, _ context: ServerContext, _ tenant: String) throws -> Response {
    guard let base = base(in: context, tenant) else { return Self.unknownBase }
    let count = try knowledge.markForEmbedding(base, of: tenant)
    indexer.wake()
    return try .json(Reindexing(documents: count), status: .accepted)
  }

  @Sendable
  func put(
    _ request: Request,
    _ context: ServerContext,
    _ tenant: String
  ) async throws -> Response {
    guard let base = base(in: context, tenant) else { return Self.unknownBase }
    guard let name = Self.name(in: context) else {
      return .failure(.badRequest, "bad_name", "This cannot be a document's name.")
    }
    guard Self.isText(request.headers[.contentType]) else {
      return .failure(
        .unsupportedMediaType,
        "not_text",
        "Documents are text/markdown or text/plain."
      )
    }
    let body = try await request.body.collect(upTo: limits.documentBytes)
    guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
      return .failure(.badRequest, "not_utf8", "The document is not UTF-8.")
    }
    let isNew = try knowledge.documents(in: base, of: tenant, named: name).isEmpty
    if isNew, try knowledge.documents(in: base, of: tenant).count >= limits.documentsPerBase {
      return .failure(.conflict, "base_full", "This knowledge base is full.")
    }
    let document = try knowledge.put(text, named: name, in: base, of: tenant, at: clock.now)
    do {
      try await indexer.index(document, of: tenant)
    } catch {
      // The text is kept; the indexer comes back to it.
      indexer.wake()
    }
    guard let summary = try knowledge.documents(in: base, of: tenant, named: name).first else {
      return Self.unknownDocument
    }
    return try .json(summary, status: isNew ? .created : .ok)
  }

  private func base(in context: ServerContext, _ tenant: String) -> String? {
    guard let base = context.parameters.get("base"), tenants[tenant]?.contains(base) == true
    else { return nil }
    return base
  }

  private static func name(in context: ServerContext) -> String? {
    guard let name = context.parameters.get("name")?.removingPercentEncoding,
      !name.isEmpty, name.utf8.count <= 200, !name.contains("/"),
      name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7f })
    else { return nil }
    return name
  }

  private static func isText(_ contentType: String?) -> Bool {
    let type = contentType?.split(separator: ";").first?
      .trimmingCharacters(in: .whitespaces).lowercased()
    return type == "text/markdown" || type == "text/plain"
  }

  private static var unknownBase: Response {
    .failure(.notFound, "unknown_base", "There is no such knowledge base.")
  }

  private static var unknownDocument: Response {
    .failure(.notFound, "unknown_document", "There is no such document.")
  }
}
