extension OrchestratorConfiguration {
  package struct Teams: Codable, Sendable {
    package var appID: String
    package var openIDMetadataURL =
      "https://login.botframework.com/v1/.well-known/openidconfiguration"
    package var tokenURL =
      "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token"
    /// Where activities may say that replies go: the bot's own token is sent there.
    package var allowedServiceHosts = ["smba.trafficmanager.net"]
    /// Where the program writes to somebody who has not written first.
    package var serviceURL = "https://smba.trafficmanager.net/teams"

    package init(appID: String) {
      self.appID = appID
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(appID: try container.decode(String.self, forKey: .appID))
      try container.read(&openIDMetadataURL, .openIDMetadataURL)
      try container.read(&tokenURL, .tokenURL)
      try container.read(&allowedServiceHosts, .allowedServiceHosts)
      try container.read(&serviceURL, .serviceURL)
    }
  }

  package struct GoogleChat: Codable, Sendable {
    package enum Replies: String, Codable, Sendable {
      /// In the HTTP response, if the answer is ready in time; else as `asynchronous`.
      case synchronous
      /// Through the REST API.
      case asynchronous
    }

    /// The app's project number.
    package var audience: String
    package var issuer = "chat@system.gserviceaccount.com"
    package var keysURL =
      "https://www.googleapis.com/service_accounts/v1/metadata/jwk/chat@system.gserviceaccount.com"
    package var serviceAccountEmail: String
    package var tokenURL = "https://oauth2.googleapis.com/token"
    package var apiBase = "https://chat.googleapis.com"
    package var replies = Replies.asynchronous

    package init(audience: String, serviceAccountEmail: String) {
      self.audience = audience
      self.serviceAccountEmail = serviceAccountEmail
    }

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        audience: try container.decode(String.self, forKey: .audience),
        serviceAccountEmail: try container.decode(String.self, forKey: .serviceAccountEmail)
      )
      try container.read(&issuer, .issuer)
      try container.read(&keysURL, .keysURL)
      try container.read(&tokenURL, .tokenURL)
      try container.read(&apiBase, .apiBase)
      try container.read(&replies, .replies)
    }
  }

  package struct Directory: Codable, Sendable {
    package var graphBase = "https://graph.microsoft.com"
    /// `{tenant}` stands for the customer's Entra tenant.
    package var graphTokenURL = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
    package var googleBase = "https://admin.googleapis.com"

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&graphBase, .graphBase)
      try container.read(&graphTokenURL, .graphTokenURL)
      try container.read(&googleBase, .googleBase)
    }
  }

  package struct Provider: Codable, Sendable {
    package var baseURL = "https://api.openai.com/v1"
    package var chatModel = "gpt-4o-mini"
    package var embeddingModel = "text-embedding-3-small"
    package var embeddingDimensions = 256
    /// What the host of a customer's Azure resource must end with: an administrator may name a
    /// resource, but may not send the program to any host.
    package var azureHostSuffixes = [".openai.azure.com", ".cognitiveservices.azure.com"]

    package init() {}

    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      try container.read(&baseURL, .baseURL)
      try container.read(&chatModel, .chatModel)
      try container.read(&embeddingModel, .embeddingModel)
      try container.read(&embeddingDimensions, .embeddingDimensions)
      try container.read(&azureHostSuffixes, .azureHostSuffixes)
    }
  }
}
