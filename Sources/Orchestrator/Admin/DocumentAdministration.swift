import Worlds

/// Keeping the documents of a customer's knowledge bases, by whichever door its administrator
/// comes.
struct DocumentAdministration: Sendable {
  enum Refusal: Error, Hashable {
    case unknownBase
    case unknownDocument
    case badName
    case baseFull
  }

  let knowledge: KnowledgeStore
  let indexer: KnowledgeIndexer
  let audit: AuditLog
  let limits: OrchestratorConfiguration.Limits
  let clock: any WorldClock
  private let bases: [String: Set<String>]

  init(
    tenants: [OrchestratorConfiguration.Tenant],
    knowledge: KnowledgeStore,
    indexer: KnowledgeIndexer,
    audit: AuditLog,
    limits: OrchestratorConfiguration.Limits,
    clock: any WorldClock
  ) {
    bases = Dictionary(uniqueKeysWithValues: tenants.map { ($0.id, Set($0.bases)) })
    self.knowledge = knowledge
    self.indexer = indexer
    self.audit = audit
    self.limits = limits
    self.clock = clock
  }

  func has(_ base: String, _ tenant: String) -> Bool {
    bases[tenant]?.contains(base) == true
  }

  /// - Throws: `Refusal.unknownBase`, and what the storage throws.
  func documents(in base: String, of tenant: String) throws -> [DocumentSummary] {
    guard has(base, tenant) else { throw Refusal.unknownBase }
    return try knowledge.documents(in: base, of: tenant)
  }

  /// - Throws: `Refusal`, and what the storage throws.
  func document(_ name: String, in base: String, of tenant: String) throws -> DocumentSummary {
    guard has(base, tenant) else { throw Refusal.unknownBase }
    guard let found = try knowledge.documents(in: base, of: tenant, named: name).first else {
      throw Refusal.unknownDocument
    }
    return found
  }

  /// Stores a document, and makes it findable at once where the provider can be asked; where not,
  /// the indexer comes back to it.
  ///
  /// - Throws: `Refusal`, and what the storage throws.
  func put(
    _ text: String,
    named name: String,
    in base: String,
    of tenant: String,
    by actor: String
  ) async throws -> (summary: DocumentSummary, isNew: Bool) {
    guard has(base, tenant) else { throw Refusal.unknownBase }
    guard Self.mayBeName(name) else { throw Refusal.badName }
    let isNew = try knowledge.documents(in: base, of: tenant, named: name).isEmpty
    if isNew, try knowledge.documents(in: base, of: tenant).count >= limits.documentsPerBase {
      throw Refusal.baseFull
    }
    let document = try knowledge.put(text, named: name, in: base, of: tenant, at: clock.now)
    try audit.note(
      isNew ? .documentAdded : .documentReplaced,
      "\(base)/\(name)",
      of: tenant,
      by: actor
    )
    do {
      try await indexer.index(document, of: tenant)
    } catch {
      indexer.wake()
    }
    return (try self.document(name, in: base, of: tenant), isNew)
  }

  /// - Throws: `Refusal`, and what the storage throws.
  func remove(_ name: String, in base: String, of tenant: String, by actor: String) throws {
    guard has(base, tenant) else { throw Refusal.unknownBase }
    guard try knowledge.remove(name, in: base, of: tenant) else { throw Refusal.unknownDocument }
    try audit.note(.documentRemoved, "\(base)/\(name)", of: tenant, by: actor)
  }

  /// Has all documents of a base embedded anew in the background; they are found meanwhile.
  ///
  /// - Returns: how many there are.
  /// - Throws: `Refusal.unknownBase`, and what the storage throws.
  func reindex(_ base: String, of tenant: String, by actor: String) throws -> Int {
    guard has(base, tenant) else { throw Refusal.unknownBase }
    let count = try knowledge.markForEmbedding(base, of: tenant)
    try audit.note(.baseReindexed, base, of: tenant, by: actor)
    indexer.wake()
    return count
  }

  static func mayBeName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 200 && !name.contains("/")
      && name.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f }
  }
}
