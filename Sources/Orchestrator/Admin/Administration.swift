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
    _ messages: MessageStore
  ) throws {
    let configuration = environment.configuration
    let storage = environment.storage
    let clock = environment.surroundings.clock
    let settings = configuration.dashboard
    let audit = AuditLog(storage: storage, clock: clock)
    let keys = KeyAdministration(
      custody: parts.custody,
      model: parts.model,
      indexer: indexer,
      history: KeyHistory(storage: storage),
      audit: audit,
      clock: clock,
      azureHostSuffixes: configuration.provider.azureHostSuffixes
    )
    let documents = DocumentAdministration(
      tenants: configuration.tenants,
      knowledge: environment.knowledge,
      indexer: indexer,
      audit: audit,
      limits: configuration.limits,
      clock: clock
    )
    let accounts = Accounts(
      storage: storage,
      clock: clock,
      passwordCost: settings.passwordCost
    )
    api = AdminAPI(
      authentication: AdminAuthentication(configuration.tenants),
      keys: AdminKeys(keys: keys),
      documents: AdminDocuments(documents: documents),
      accounts: AdminAccounts(accounts: accounts, audit: audit),
      messages: messages
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
      notifications: Notifications(storage: storage, clock: clock),
      statistics: MessageStatistics(storage: storage),
      messages: messages,
      diagnostics: parts.diagnostics,
      recentLog: environment.recentLog,
      templates: try PageTemplates(),
      clock: clock,
      startedAt: clock.now
    )
  }

  func addRoutes(to router: Router<ServerContext>) {
    api.addRoutes(to: router)
    dashboard.addRoutes(to: router)
  }
}
