import Foundation
import GRDB
import Synchronization
import Wire

extension KnowledgeStore {
  /// Whether any of the bases has something to find.
  func hasChunks(in bases: [String], of tenant: String) throws -> Bool {
    // An index that is out of date costs a needless embedding at most: the search itself looks.
    let isKnown = indexes.withLock { indexes in
      bases.contains { indexes[Self.indexKey($0, tenant)]?.isEmpty == false }
    }
    if isKnown { return true }
    return try storage.access { database in
      for base in bases where try !index(of: base, tenant, database).isEmpty { return true }
      return false
    }
  }

  /// The chunks nearest to a query over several bases, each as it is stored at this moment.
  func nearest(
    _ count: Int,
    to query: [Float],
    in bases: [String],
    of tenant: String
  ) throws -> [RetrievedChunk] {
    try storage.access { database in
      var found: [(match: VectorIndex.Match, base: String)] = []
      for base in bases {
        found += try index(of: base, tenant, database)
          .nearest(count, to: query)
          .map { ($0, base) }
      }
      found.sort { left, right in
        left.match.similarity == right.match.similarity
          ? left.match.chunk < right.match.chunk
          : left.match.similarity > right.match.similarity
      }
      return try found.prefix(count).compactMap { match, base in
        guard match.similarity > 0 else { return nil }
        return try Row.fetchOne(
          database.cachedStatement(
            sql: """
              SELECT documents.name, title, heading, chunks.text FROM chunks
              JOIN documents ON documents.id = document
              WHERE chunks.id = ? AND tenant = ? AND base = ?
              """
          ),
          arguments: [match.chunk, tenant, base]
        ).map { row in
          RetrievedChunk(
            base: base,
            document: row[0],
            title: row[1],
            heading: row[2],
            text: row[3],
            similarity: match.similarity
          )
        }
      }
    }
  }

  private static func indexKey(_ base: String, _ tenant: String) -> String {
    tenant + "/" + base
  }

  private func index(
    of base: String,
    _ tenant: String,
    _ database: Database
  ) throws -> VectorIndex {
    let stored = try Int64.fetchOne(
      database.cachedStatement(
        sql: "SELECT version FROM base_versions WHERE tenant = ? AND base = ?"
      ),
      arguments: [tenant, base]
    )
    let version = stored ?? 0
    let key = Self.indexKey(base, tenant)
    if let kept = indexes.withLock({ $0[key] }), kept.version == version { return kept }
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT chunks.id, vector FROM chunks JOIN documents ON documents.id = document
        WHERE tenant = ? AND base = ? ORDER BY chunks.id
        """,
      arguments: [tenant, base]
    )
    var index = VectorIndex(version: version, dimensions: dimensions)
    while let row = try rows.next() {
      guard let vector = EmbeddingVector(littleEndian: row[1]) else { continue }
      index.append(vector.values, chunk: row[0])
    }
    let loaded = index
    indexes.withLock { $0[key] = loaded }
    return loaded
  }
}
