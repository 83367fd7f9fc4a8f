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
    let versions = try versions(of: tenant)
    return try bases.contains { base in
      try !index(of: base, at: versions[base] ?? 0, tenant).isEmpty
    }
  }

  /// The chunks nearest to a query over several bases, each as it is stored at this moment: a copy
  /// in memory is used only while its version is the stored one.
  package func nearest(
    _ count: Int,
    to query: [Float],
    in bases: [String],
    of tenant: String
  ) throws -> [RetrievedChunk] {
    let versions = try versions(of: tenant)
    var found: [(match: VectorIndex.Match, base: String)] = []
    for base in bases {
      let index = try index(of: base, at: versions[base] ?? 0, tenant)
      for match in index.nearest(count, to: query) where match.similarity > 0 {
        found.append((match, base))
      }
    }
    found.sort { left, right in
      left.match.similarity == right.match.similarity
        ? left.match.chunk.id < right.match.chunk.id
        : left.match.similarity > right.match.similarity
    }
    return found.prefix(count).map { match, base in
      RetrievedChunk(
        base: base,
        document: match.chunk.document,
        title: match.chunk.title,
        heading: match.chunk.heading,
        text: match.chunk.text,
        similarity: match.similarity
      )
    }
  }

  private static func indexKey(_ base: String, _ tenant: String) -> String {
    tenant + "/" + base
  }

  /// The versions of a customer's bases at this moment.
  private func versions(of tenant: String) throws -> [String: Int64] {
    try versionCopies.value(tenant) {
      try storage.access { database in
        let rows = try Row.fetchCursor(
          database.cachedStatement(sql: "SELECT base, version FROM base_versions WHERE tenant = ?"),
          arguments: [tenant]
        )
        var versions: [String: Int64] = [:]
        while let row = try rows.next() { versions[row[0]] = row[1] }
        return versions
      }
    }
  }

  /// What changes while it is read is read again the next time: its version will be another.
  private func index(
    of base: String,
    at version: Int64,
    _ tenant: String
  ) throws -> VectorIndex {
    let key = Self.indexKey(base, tenant)
    if let kept = indexes.withLock({ $0[key] }), kept.version == version { return kept }
    let loaded = try storage.access { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT chunks.id, name, title, heading, chunks.text, vector FROM chunks
          JOIN documents ON documents.id = document
          WHERE tenant = ? AND base = ? AND embedding = ? ORDER BY chunks.id
          """,
        arguments: [tenant, base, embedding]
      )
      var index = VectorIndex(version: version, dimensions: dimensions)
      while let row = try rows.next() {
        guard let vector = EmbeddingVector(littleEndian: row[5]) else { continue }
        index.append(
          vector.values,
          of: .init(id: row[0], document: row[1], title: row[2], heading: row[3], text: row[4])
        )
      }
      return index
    }
    indexes.withLock { $0[key] = loaded }
    return loaded
  }
}
