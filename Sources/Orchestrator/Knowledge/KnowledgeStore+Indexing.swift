import Foundation
import GRDB
import Wire

extension KnowledgeStore {
  /// Makes a document's text findable, in place of what was found before, in one step; unless the
  /// document has been removed or has got another text meanwhile.
  ///
  /// - Parameter source: whose model made the vectors.
  package func index(
    _ document: PendingDocument,
    of tenant: String,
    chunks: [(chunk: Chunker.Chunk, vector: [Float])],
    from source: String?
  ) throws {
    try storage.transaction { database in
      try database.cachedStatement(
        sql: """
          UPDATE documents SET text = ?, title = ?, next_text = NULL, embedding = ?, embedded_by = ?
          WHERE id = ? AND edition = ?
          """
      ).execute(arguments: [
        document.text, Chunker.title(of: document.text, named: document.name), embedding, source,
        document.id, document.edition,
      ])
      guard database.changesCount > 0 else { return }
      try database.cachedStatement(
        sql: "DELETE FROM chunks WHERE document = ?"
      ).execute(arguments: [document.id])
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
      try advance(document.base, of: tenant, database)
      guard document.replaces else { return }
      try MessageStore.forgetTurns(drawingOn: document.base, of: tenant, database)
    }
  }

  /// The oldest document of a customer, after the one given, that is not found with its newest text
  /// and with vectors of the model and source that are in use.
  ///
  /// - Parameter source: nil where no key is installed: any source will do.
  func nextPending(
    of tenant: String,
    from source: String?,
    after id: Int64
  ) throws -> PendingDocument? {
    try storage.access { database in
      try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT id, edition, base, name, coalesce(next_text, text), next_text IS NOT NULL
            FROM documents
            WHERE tenant = ? AND id > ?
              AND (embedding IS NOT ? OR next_text IS NOT NULL
                OR ? IS NOT NULL AND embedded_by IS NOT ?)
            ORDER BY id LIMIT 1
            """
        ),
        arguments: [tenant, id, embedding, source, source]
      ).map { row in
        PendingDocument(
          id: row[0],
          edition: row[1],
          base: row[2],
          name: row[3],
          text: row[4],
          replaces: row[5]
        )
      }
    }
  }

  /// Marks the documents of a base as embedded by nobody we know, and counts them.
  func markForEmbedding(_ base: String, of tenant: String) throws -> Int {
    try storage.access { database in
      try database.cachedStatement(
        sql: "UPDATE documents SET embedded_by = NULL WHERE tenant = ? AND base = ?"
      ).execute(arguments: [tenant, base])
      return database.changesCount
    }
  }
}
