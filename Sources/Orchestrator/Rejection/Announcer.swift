import Logging
import Synchronization
import Wire
import Worlds

/// Writes to the persons whom customers have named, and goes on until a platform has taken it.
struct Announcer: Sendable {
  private let contacts: [String: Contact]
  private let announcements: Announcements
  private let notifications: Notifications
  private let custody: any KeyCustody
  private let offering: Offering
  private let logger: Logger
  /// How often another process's doings are looked for; nil where there is none.
  private let glance: Duration?
  private let alarm: AlarmClock
  private let busy = Busy()

  /// A customer's, with the way there.
  struct Contact: Sendable {
    var organization: String
    var settings: OrchestratorConfiguration.RejectedKey
    var person: String
    var door: any ChatDoor
  }

  /// - Throws: `ConfigurationFault.badURL`.
  init(
    _ delivery: Delivery,
    _ parts: OrchestratorParts,
    _ environment: OrchestratorEnvironment,
    _ tokens: AccessTokens,
    _ transport: TimedTransport
  ) throws {
    contacts = try Self.contacts(
      environment.configuration,
      googleChat: delivery.googleChat,
      tokens: tokens,
      transport: transport
    )
    notifications = environment.notifications
    announcements = notifications.announcements
    custody = parts.custody
    offering = delivery.offering
    logger = environment.surroundings.logger
    glance = environment.replica?.heartbeat
    let alarm = AlarmClock(offering.clock)
    self.alarm = alarm
    notifications.changes.listen { alarm.wake() }
  }

  /// Until it is cancelled; what is not told then is told after the next start.
  func run() async {
    guard !contacts.isEmpty else { return }
    alarm.wake()
    var isFirst = true
    await withDiscardingTaskGroup { group in
      for await _ in alarm.wakeUps {
        // Where others live on this storage, one of them may have died in between.
        if isFirst || glance != nil { catchUp() }
        isFirst = false
        let entries = (try? announcements.pending()) ?? []
        for tenant in Set(entries.map(\.tenant)).sorted() where busy.begin(tenant) {
          let own = entries.filter { $0.tenant == tenant }
          group.addTask {
            for entry in own { await tell(entry) }
            busy.end(tenant)
            // More may have come meanwhile.
            if !Task.isCancelled { alarm.wake() }
          }
        }
        if let glance { alarm.wake(at: offering.clock.now + glance, in: &group) }
      }
      group.cancelAll()
    }
  }

  private func catchUp() {
    for tenant in contacts.keys.sorted() {
      guard let summary = try? custody.summary(of: tenant) else { continue }
      try? notifications.catchUp(with: summary, of: tenant)
    }
  }

  private func tell(_ entry: Announcements.Entry) async {
    guard let contact = contacts[entry.tenant] else { return }
    do {
      let failure = try await offering.make(
        "announcement/\(entry.tenant)/\(entry.id)",
        discardToken: contact.door.discardToken
      ) {
        try await contact.door.write(
          contact.words(for: entry),
          to: contact.person,
          named: "notice-\(entry.tenant)-\(entry.id)"
        )
      } noteTaken: {
        try announcements.settle(entry, failure: nil)
      }
      guard let failure else { return }
      try announcements.settle(entry, failure: failure)
      logger.error(
        "The person whom a customer named could not be told",
        metadata: ["tenant": "\(entry.tenant)", "reason": "\(failure)"]
      )
    } catch {
      // The program ends, or the storage cannot be used now: it is told after the next start.
    }
  }
}

extension Announcer.Contact {
  fileprivate func words(for entry: Announcements.Entry) -> String {
    switch entry.news {
    case .worksAgain:
      "The assistant of \(organization) works again: the provider takes your organization's key."
    case .keyRejected:
      "The assistant of \(organization) is paused: since \(entry.at.shown) UTC the provider "
        + "rejects your organization's key. \(meanwhile) Please install a new key in the "
        + "assistant's settings."
    }
  }

  private var meanwhile: String {
    switch settings.messages {
    case .refuse: "Until there is another, every question is refused."
    case .wait:
      "Questions wait for another, up to \(settings.waitingMessages) of them and for "
        + "\(max(1, settings.waitSeconds / 60)) minutes at most; others are refused."
    }
  }
}

/// Customers to whose persons something is just being told: one thing after the other.
private final class Busy: Sendable {
  private let tenants = Mutex<Set<String>>([])

  func begin(_ tenant: String) -> Bool { tenants.withLock { $0.insert(tenant).inserted } }
  func end(_ tenant: String) { tenants.withLock { _ = $0.remove(tenant) } }
}
