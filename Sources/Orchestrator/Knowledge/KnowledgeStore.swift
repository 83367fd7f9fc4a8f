import Foundation
import GRDB
import Synchronization
import Wire
import Worlds

/// What an administrator sees of a document.
struct DocumentSummary: Hashable, Codable, Sendable {
  enum State: String, Codable, Sendable {
    /// Its text is stored; it is not found yet.
    case pending
    case indexed
  }

  var base: String
  var name: String
  var title: String
  var bytes: Int
  var chunks: Int
  var state: State
}

/// The documents of all customers, in knowledge bases, with the vectors of their chunks.
final class KnowledgeStore: Sendable {
  struct PendingDocument: Sendable {
    var id: Int64
    var base: String
    var name: String
    var text: String
  }

  let storage: Storage
  /// Names the model and length of vectors: those of another are made anew.
  let embedding: String
  let dimensions: Int
  /// Copies of what is stored, each thrown away when its base's version has moved on.
  let indexes = Mutex<[String: VectorIndex]>([:])

  init(storage: Storage, provider: OrchestratorConfiguration.Provider) throws {
    self.storage = storage
    embedding = "\(provider.embeddingModel)/\(provider.embeddingDimensions)"
    dimensions = provider.embeddingDimensions
    try storage.access { database in
      try database.execute(
        sql: "UPDATE documents SET embedding = NULL WHERE embedding <> ?",
        arguments: [embedding]
      )
    }
  }

  /// Stores a text under a name. What was found under that name before is found no more from this
  /// moment on, nor repeated from conversations that drew on its base.
  func put(
    _ text: String,
    named name: String,
    in base: String,
    of tenant: String,
    at now: Timestamp
  ) throws -> PendingDocument {
    try storage.transaction { database in
      try Self.forget(name, in: base, of: tenant, database)
      try database.execute(
        sql: """
          INSERT INTO documents (tenant, base, name, title, text, added_at)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          tenant, base, name, Chunker.title(of: text, named: name), text, now.nanoseconds,
        ]
      )
      return PendingDocument(id: database.lastInsertedRowID, base: base, name: name, text: text)
    }
  }

  /// False when there was no such document.
  func remove(_ name: String, in base: String, of tenant: String) throws -> Bool {
    try storage.transaction { try Self.forget(name, in: base, of: tenant, $0) }
  }

  /// Makes a document's chunks findable, unless it has been replaced or removed meanwhile.
  func index(
    _ document: PendingDocument,
    of tenant: String,
    chunks: [(chunk: Chunker.Chunk, vector: [Float])]
  ) throws {
    try storage.transaction { database in
      try database.execute(
        sql: "UPDATE documents SET embedding = ? WHERE id = ?",
        arguments: [embedding, document.id]
      )
      guard database.changesCount > 0 else { return }
      try database.execute(
        sql: "DELETE FROM chunks WHERE document = ?",
        arguments: [document.id]
      )
      for (chunk, vector) in chunks {
        try database.cachedStatement(
          sql: "INSERT INTO chunks (document, heading, text, vector) VALUES (?, ?, ?, ?)"
        ).execute(
          arguments: [
            document.id, chunk.heading, chunk.text,
            EmbeddingVector(values: vector).littleEndianBytes,
          ]
        )
      }
      try Self.advance(document.base, of: tenant, database)
    }
  }

  /// The oldest document of a customer that is not findable yet, after the one given.
  func nextPending(of tenant: String, after id: Int64) throws -> PendingDocument? {
    try storage.access { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT id, base, name, text FROM documents
          WHERE tenant = ? AND embedding IS NULL AND id > ? ORDER BY id LIMIT 1
          """,
        arguments: [tenant, id]
      ).map { PendingDocument(id: $0[0], base: $0[1], name: $0[2], text: $0[3]) }
    }
  }

  /// By name; all of the base, or the one.
  func documents(in base: String, of tenant: String, named name: String? = nil) throws
    -> [DocumentSummary]
  {
    try storage.access { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT name, title, length(CAST(text AS BLOB)), embedding IS NOT NULL,
            (SELECT count(*) FROM chunks WHERE document = documents.id)
          FROM documents WHERE tenant = ? AND base = ? AND (? IS NULL OR name = ?) ORDER BY name
          """,
        arguments: [tenant, base, name, name]
      ).map { row in
        DocumentSummary(
          base: base,
          name: row[0],
          title: row[1],
          bytes: row[2],
          chunks: row[4],
          state: row[3] ? .indexed : .pending
        )
      }
    }
  }

  @discardableResult
  private static func forget(
    _ name: String,
    in base: String,
    of tenant: String,
    _ database: Database
  ) throws -> Bool {
    try database.execute(
      sql: "DELETE FROM documents WHERE tenant = ? AND base = ? AND name = ?",
      arguments: [tenant, base, name]
    )
    guard database.changesCount > 0 else { return false }
    try advance(base, of: tenant, database)
    try MessageStore.forgetTurns(drawingOn: base, of: tenant, database)
    return true
  }

  private static func advance(
    _ base: String,
    of tenant: String,
    _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO base_versions (tenant, base, version) VALUES (?, ?, 1)
        ON CONFLICT DO UPDATE SET version = version + 1
        """,
      arguments: [tenant, base]
    )
  }
}
