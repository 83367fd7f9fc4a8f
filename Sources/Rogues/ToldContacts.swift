import Foundation
import HTTPTypes
import NIOCore
import Orchestrator
import Secrets
import Worlds

/// Vendors that do not tell a named person of a rejected key as they should.
extension Vendor {
  package static let tellsNobody = Vendor(
    name: "tells-nobody",
    kind: .rogue(breaks: ["instant-revocation"]),
    summary: "Refuses plainly, and never tells the person who was to hear of a rejected key.",
    incident: "BasedHardware/omi #7291 (no notice of a dead key)",
    triedIn: ["revocation/refused-and-told.yaml"]
  ) { setup in
    var setup = setup
    setup.configuration.tenants = setup.configuration.tenants.map { tenant in
      var tenant = tenant
      tenant.rejectedKey.contact = nil
      return tenant
    }
    return try setup.program { try .standard($0) }
  }

  package static let tellsTwice = Vendor(
    name: "tells-twice",
    kind: .rogue(breaks: ["instant-revocation"]),
    summary: "Sends what a person is told of a rejected key a second time.",
    incident: "BerriAI/litellm #2149 (each process has a memory of its own of what it has done)",
    triedIn: ["revocation/messages-wait.yaml"]
  ) { setup in
    try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      parts.transport = AnnouncementTransport(base: parts.transport, times: 2) { $0 }
      return parts
    }
  }

  package static let tellsContactTheKey = Vendor(
    name: "tells-contact-the-key",
    kind: .rogue(breaks: ["encrypted-custody"]),
    summary: "Tells the person who hears of a rejected key which key it is, in full.",
    incident: "sxueck/llm-gateway #34 (a rejected key is written out in full on its failure)",
    triedIn: ["revocation/messages-wait.yaml"]
  ) { setup in
    let tenant = setup.configuration.tenants.first?.id ?? ""
    return try setup.program { environment in
      var parts = try OrchestratorParts.standard(environment)
      let custody = parts.custody
      parts.transport = AnnouncementTransport(base: parts.transport, times: 1) { text in
        guard let key = try? await custody.open(for: tenant) else { return text }
        return key.credential.secret.reveal { value in
          text.replacing("your organization's key.", with: "your organization's key, \(value).")
        }
      }
      return parts
    }
  }
}

/// Changes what Teams is told where the vendor writes first, and how often.
private struct AnnouncementTransport: HTTPTransport {
  let base: any HTTPTransport
  let times: Int
  let change: @Sendable (String) async -> String

  func exchange<Result: Sendable>(
    _ request: OutgoingRequest,
    _ use: @Sendable (IncomingResponse) async throws -> Result
  ) async throws -> Result {
    var request = request
    guard let path = request.head.path, path.hasPrefix("/teams/v3/conversations/"),
      case .bytes(let body) = request.body
    else { return try await base.exchange(request, use) }
    let text = await change(String(buffer: body))
    request = OutgoingRequest(head: request.head, body: ByteBuffer(string: text))
    for _ in 1..<times { _ = try await base.collect(request) }
    return try await base.exchange(request, use)
  }
}
