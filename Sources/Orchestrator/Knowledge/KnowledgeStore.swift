import Foundation
import GRDB
import Synchronization
import Wire
package import Worlds

/// What an administrator sees of a document.
struct DocumentSummary: Hashable, Codable, Sendable {
  enum State: String, Codable, Sendable {
    /// Its text is stored; it is not found yet.
    case pending
    case indexed
    /// Its earlier text is found until the new one can be.
    case replacing
  }

  var base: String
  var name: String
  var title: String
  var bytes: Int
  var chunks: Int
  var state: State
}

/// The documents of all customers, in knowledge bases, with the vectors of their chunks.
package final class KnowledgeStore: Sendable {
  /// A text that is to be made findable.
  package struct PendingDocument: Sendable {
    var id: Int64
    /// Of the document, when this was its newest text.
    var edition: Int64
    var base: String
    var name: String
    var text: String
    /// Whether another text is found under the name meanwhile.
    var replaces = false
  }

  let storage: Storage
  /// Names the model and length of vectors: those of another are made anew.
  let embedding: String
  let dimensions: Int
  /// Copies of what is stored, each thrown away when its base's version has moved on.
  let indexes = Mutex<[String: VectorIndex]>([:])
  /// The versions of a tenant's bases.
  let versionCopies: TableCopies<[String: Int64]>

  package init(storage: Storage, provider: OrchestratorConfiguration.Provider) {
    self.storage = storage
    versionCopies = TableCopies(of: .baseVersions, in: storage)
    embedding = "\(provider.embeddingModel)/\(provider.embeddingDimensions)"
    dimensions = provider.embeddingDimensions
  }

  /// Stores a text under a name. Where a text is found under that name already, it is found until
  /// the new one takes its place as a whole; what must vanish at once is removed first.
  package func put(
    _ text: String,
    named name: String,
    in base: String,
    of tenant: String,
    at now: Timestamp
  ) throws -> PendingDocument {
    try storage.transaction { database in
      guard let known = try document(name, in: base, of: tenant, database) else {
        try database.cachedStatement(
          sql: """
            INSERT INTO documents (tenant, base, name, title, text, added_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """
        ).execute(arguments: [
          tenant, base, name, Chunker.title(of: text, named: name), text, now.nanoseconds,
        ])
        let id = database.lastInsertedRowID
        return PendingDocument(id: id, edition: 1, base: base, name: name, text: text)
      }
      try database.cachedStatement(
        sql: known.isFindable
          ? "UPDATE documents SET next_text = ?, added_at = ?, edition = edition + 1 WHERE id = ?"
          : "UPDATE documents SET text = ?, added_at = ?, edition = edition + 1 WHERE id = ?"
      ).execute(arguments: [text, now.nanoseconds, known.id])
      return PendingDocument(
        id: known.id,
        edition: known.edition + 1,
        base: base,
        name: name,
        text: text,
        replaces: known.isFindable
      )
    }
  }

  private func document(
    _ name: String,
    in base: String,
    of tenant: String,
    _ database: Database
  ) throws -> (id: Int64, edition: Int64, isFindable: Bool)? {
    try Row.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT id, edition, coalesce(embedding = ?, 0) FROM documents
          WHERE tenant = ? AND base = ? AND name = ?
          """
      ),
      arguments: [embedding, tenant, base, name]
    ).map { ($0[0], $0[1], $0[2]) }
  }

  /// What was found under the name is found no more from this moment on, nor repeated from
  /// conversations that drew on its base. False when there was no such document.
  func remove(_ name: String, in base: String, of tenant: String) throws -> Bool {
    try storage.transaction { database in
      try database.cachedStatement(
        sql: "DELETE FROM documents WHERE tenant = ? AND base = ? AND name = ?"
      ).execute(arguments: [tenant, base, name])
      guard database.changesCount > 0 else { return false }
      try advance(base, of: tenant, database)
      try MessageStore.forgetTurns(drawingOn: base, of: tenant, database)
      return true
    }
  }

  /// By name; all of the base, or the one.
  func documents(in base: String, of tenant: String, named name: String? = nil) throws
    -> [DocumentSummary]
  {
    try storage.access { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT name, title, length(CAST(coalesce(next_text, text) AS BLOB)),
              coalesce(embedding = ?, 0),
              (SELECT count(*) FROM chunks WHERE document = documents.id), next_text IS NOT NULL
            FROM documents WHERE tenant = ? AND base = ? AND (? IS NULL OR name = ?) ORDER BY name
            """
        ),
        arguments: [embedding, tenant, base, name, name]
      ).map { row in
        DocumentSummary(
          base: base,
          name: row[0],
          title: row[1],
          bytes: row[2],
          chunks: row[4],
          state: !row[3] ? .pending : row[5] ? .replacing : .indexed
        )
      }
    }
  }

  func advance(_ base: String, of tenant: String, _ database: Database) throws {
    storage.changes?.add(to: .baseVersions)
    try database.cachedStatement(
      sql: """
        INSERT INTO base_versions (tenant, base, version) VALUES (?, ?, 1)
        ON CONFLICT DO UPDATE SET version = version + 1
        """
    ).execute(arguments: [tenant, base])
  }
}
