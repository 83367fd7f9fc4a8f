import Logging
import Synchronization
import Worlds

/// Makes stored documents findable: at once where it can, else as soon as a key is installed. When
/// the customer's key is of another provider, all its documents are embedded there anew, and are
/// found by their earlier vectors until then. Without a key that is taken it does nothing.
final class KnowledgeIndexer: Sendable {
  private let knowledge: KnowledgeStore
  private let model: any LanguageModel
  private let custody: any KeyCustody
  private let clock: any WorldClock
  private let logger: Logger
  private let tenants: [String]
  /// Customers whose documents the vendor's own account embeds, whatever key they have.
  private let onVendorAccount: Set<String>
  /// Documents that are being embedded: no other turn of the work embeds them once more, at the
  /// customer's cost.
  private let atWork = Mutex<Set<Int64>>([])
  private let wakeUps: AsyncStream<Void>
  private let wakeUp: AsyncStream<Void>.Continuation

  private static let textsPerCall = 64
  private static let pause = Duration.seconds(60)

  init(
    knowledge: KnowledgeStore,
    model: any LanguageModel,
    custody: any KeyCustody,
    environment: OrchestratorEnvironment
  ) {
    self.knowledge = knowledge
    self.model = model
    self.custody = custody
    clock = environment.surroundings.clock
    logger = environment.surroundings.logger
    tenants = environment.configuration.tenants.map(\.id)
    onVendorAccount = Set(
      environment.configuration.tenants.filter { $0.deployment.needsVendorAccount }.map(\.id)
    )
    (wakeUps, wakeUp) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// There may be something to do again: a key was installed, or a document must wait.
  func wake() {
    wakeUp.yield()
  }

  /// Embeds a document with the customer's key, and makes it findable.
  ///
  /// - Throws: `ModelFailure`; the document stays as it was.
  func index(_ document: KnowledgeStore.PendingDocument, of tenant: String) async throws {
    let isFirst = atWork.withLock { $0.insert(document.id).inserted }
    defer { if isFirst { _ = atWork.withLock { $0.remove(document.id) } } }
    let chunks = Chunker().chunks(of: document.text)
    let call = ModelCall(
      tenant: tenant,
      exchange: "index/\(tenant)/\(document.base)/\(document.name)",
      deadline: clock.now + .seconds(60)
    )
    // A key of another provider may be installed meanwhile: then the document comes up again.
    let source = try source(of: tenant)
    var vectors: [[Float]] = []
    for start in stride(from: 0, to: chunks.count, by: Self.textsPerCall) {
      let batch = chunks[start..<min(start + Self.textsPerCall, chunks.count)]
      vectors += try await model.embed(
        batch.map { $0.heading.isEmpty ? $0.text : $0.heading + "\n" + $0.text },
        for: call
      )
    }
    try knowledge.index(
      document,
      of: tenant,
      chunks: Array(zip(chunks, vectors)),
      from: source
    )
  }

  private func source(of tenant: String) throws -> String? {
    guard !onVendorAccount.contains(tenant) else { return ModelDestination.openAI.embeddingSource }
    return try custody.summary(of: tenant)?.destination.embeddingSource
  }

  /// Works through what is pending whenever it is woken, until it is cancelled.
  func run() async {
    wake()
    for await _ in wakeUps {
      var mayDoBetterLater = true
      while mayDoBetterLater, !Task.isCancelled {
        mayDoBetterLater = false
        for tenant in tenants {
          let isDone = await indexPending(of: tenant)
          if !isDone { mayDoBetterLater = true }
        }
        guard mayDoBetterLater else { break }
        do { try await clock.sleep(for: Self.pause) } catch { return }
      }
    }
  }

  /// False when the provider failed in a way that may pass by itself.
  private func indexPending(of tenant: String) async -> Bool {
    var last: Int64 = 0
    do {
      while let document = try knowledge.nextPending(
        of: tenant,
        from: try source(of: tenant),
        after: last
      ) {
        last = document.id
        guard !atWork.withLock({ $0.contains(document.id) }) else { continue }
        do {
          try await index(document, of: tenant)
        } catch ModelFailure.requestRefused {
          logger.warning(
            "The provider refused to embed a document",
            metadata: ["tenant": "\(tenant)", "base": "\(document.base)"]
          )
        }
      }
      return true
    } catch ModelFailure.noKey, ModelFailure.keyRejected, ModelFailure.quotaExhausted,
      ModelFailure.notSubscribed
    {
      return true
    } catch let error where error.endsTheRun {
      return true
    } catch {
      logger.warning(
        "Documents wait to be indexed",
        metadata: ["tenant": "\(tenant)", "failure": "\(type(of: error))"]
      )
      return false
    }
  }
}
