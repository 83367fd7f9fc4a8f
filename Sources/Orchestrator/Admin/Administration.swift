import Hummingbird
import Worlds

/// The two doors of administrators, the API and the dashboard, with what they share behind them.
struct Administration: Sendable {
  private let api: AdminAPI
  private let dashboard: Dashboard

  init(
    _ environment: OrchestratorEnvironment,
    _ parts: OrchestratorParts,
    _ indexer: KnowledgeIndexer,
    _ messages: MessageStore,
    _ seats: SeatStore
  ) throws {
    let configuration = environment.configuration
    let storage = environment.storage
    let clock = environment.surroundings.clock
    let settings = configuration.dashboard
    let audit = AuditLog(storage: storage, clock: clock)
    let keys = try Self.keys(environment, parts, indexer, audit)
    let documents = DocumentAdministration(
      tenants: configuration.tenants,
      knowledge: environment.knowledge,
      indexer: indexer,
      audit: audit,
      limits: configuration.limits,
      clock: clock
    )
    let money = try Self.money(environment, seats)
    let feedback = FeedbackStore(storage: storage)
    let accounts = Accounts(storage: storage, clock: clock, passwordCost: settings.passwordCost)
    api = AdminAPI(
      authentication: AdminAuthentication(configuration.tenants),
      keys: AdminKeys(keys: keys),
      documents: AdminDocuments(documents: documents),
      accounts: AdminAccounts(accounts: accounts, audit: audit),
      messages: messages,
      subscription: AdminSubscription(
        subscriptions: money.subscriptions,
        models: Dictionary(
          uniqueKeysWithValues: configuration.tenants.map { ($0.id, $0.deployment) }
        ),
        audit: audit,
        indexer: indexer,
        clock: clock
      ),
      money: money,
      feedback: AdminFeedback(feedback: feedback)
    )
    dashboard = Dashboard(
      settings: settings,
      tenants: Dictionary(uniqueKeysWithValues: configuration.tenants.map { ($0.id, $0) }),
      accounts: accounts,
      sessions: Sessions(
        storage: storage,
        clock: clock,
        lifetime: .seconds(60 * settings.sessionMinutes)
      ),
      signIns: SignInGuard(storage: storage, clock: clock, settings: settings),
      cookies: Cookies(isSecure: settings.address?.hasPrefix("http://") != true),
      keys: keys,
      documents: documents,
      audit: audit,
      notifications: environment.notifications,
      money: money,
      feedback: feedback,
      statistics: MessageStatistics(storage: storage),
      messages: messages,
      diagnostics: parts.diagnostics,
      recentLog: environment.recentLog,
      templates: try PageTemplates.parsed.get(),
      clock: clock,
      startedAt: clock.now
    )
  }

  private static func money(
    _ environment: OrchestratorEnvironment,
    _ seats: SeatStore
  ) throws -> AdminMoney {
    let storage = environment.storage
    let clock = environment.surroundings.clock
    let subscriptions = SubscriptionStore(storage: storage)
    let subscribers = environment.configuration.tenants.filter(\.isSubscribed).map(\.id)
    try subscriptions.begin(subscribers, at: clock.now)
    return AdminMoney(
      usage: UsageStore(storage: storage),
      invoices: InvoiceStore(
        storage: storage,
        pricing: environment.configuration.pricing,
        tokensBySeat: Set(
          environment.configuration.tenants.filter { $0.tokensChargedBy == .seat }.map(\.id)
        ),
        seats: seats
      ),
      subscriptions: subscriptions,
      clock: clock
    )
  }

  private static func keys(
    _ environment: OrchestratorEnvironment,
    _ parts: OrchestratorParts,
    _ indexer: KnowledgeIndexer,
    _ audit: AuditLog
  ) throws -> KeyAdministration {
    KeyAdministration(
      custody: parts.custody,
      placement: try KeyPlacement(environment.configuration.tenants),
      model: parts.model,
      indexer: indexer,
      history: KeyHistory(storage: environment.storage),
      notifications: environment.notifications,
      audit: audit,
      clock: environment.surroundings.clock,
      azureHostSuffixes: environment.configuration.provider.azureHostSuffixes
    )
  }

  func addRoutes(to router: Router<ServerContext>) {
    api.addRoutes(to: router)
    dashboard.addRoutes(to: router)
  }
}
