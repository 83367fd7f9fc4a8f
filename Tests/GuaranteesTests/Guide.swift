/// The guide's text, a paragraph a line, as it was published: what the catalogue quotes must stand
/// in it to the letter.
enum Guide {
  static let paragraphs = text.split(separator: "\n").map(String.init)

  private static let text = """
    What BYOK Actually Means in Enterprise AI
    BYOK gets used loosely in enterprise AI marketing. This guide explains exactly what it \
    means architecturally, what it does and does not guarantee about your data, and when the \
    extra setup is worth the effort.
    BYOK means: your billing accountModel costs go to your OpenAI account - not the vendor's
    BYOK means: instant revocationDelete or rotate your key in OpenAI and the AI tool stops \
    working immediately
    BYOK does NOT mean: data bypasses the vendorYour messages still flow through the vendor's \
    app layer for auth and RAG
    Worth it for most enterprisesEspecially those with existing OpenAI agreements or \
    compliance requirements
    The Architecture
    How BYOK works step by step
    When an employee sends a message to an AI assistant, this is the flow with BYOK enabled:
    1. 1
    Employee sends a message
    The employee types a question in Microsoft Teams or Google Chat and sends it to the AI \
    bot.
    2. 2
    Vendor app authenticates and checks permissions
    The AI tool's backend receives the message, verifies the user's identity, and determines \
    which knowledge base and permissions apply based on their department.
    3. 3
    RAG retrieval from the permitted knowledge base
    The app searches the department's vector store for relevant document chunks and assembles \
    them with the user's question into a prompt.
    4. 4
    API call to OpenAI using YOUR key
    The app sends the assembled prompt to the OpenAI API using the key you provided in admin \
    settings. This is the BYOK moment - your key is the caller, your account is billed.
    5. 5
    OpenAI returns a response
    OpenAI processes the prompt and returns the completion. The vendor's app formats it and \
    delivers it back to the employee in Teams or Google Chat.
    Key point
    Steps 2 and 3 happen in the vendor's infrastructure regardless of BYOK. Your messages flow \
    through their servers for auth and retrieval. BYOK changes who pays for step 4 and who \
    holds the direct OpenAI relationship - it does not route your data around the vendor's \
    application.
    Deployment Models
    Three ways enterprise AI handles key management
    Model 1: Pure BYOK
    You provide your OpenAI API key. The vendor's application is purely an orchestration layer \
    - auth, RAG, UI, connectors. All token costs go to your account. Revocation is instant. \
    This is the model ChatGridAI uses.
    Model 2: Hybrid BYOK
    You provide your key for LLM calls, but the vendor manages embeddings, vector storage, or \
    other AI services under their own accounts. Partial billing isolation - the core model \
    calls use your key, but surrounding infrastructure does not. Less common but worth asking \
    about.
    Model 3: Fully hosted - no BYOK
    The vendor controls all API keys. All model calls go through their account. You pay a \
    per-seat or usage fee that includes token costs at a markup. No direct OpenAI relationship \
    for billing. Revocation requires canceling the subscription. Examples: ChatGPT Teams, \
    Microsoft Copilot.
    What BYOK Guarantees
    What BYOK does and does not cover
    BYOK does guarantee:
    • Model API costs are billed directly to your OpenAI account with no vendor markup
    • You can revoke access instantly by rotating or deleting your key in OpenAI
    • Your API key is not pooled with other customers on the vendor's account
    • You have full visibility into token usage through the OpenAI dashboard
    • Your vendor cannot continue making model calls on your behalf after you revoke the key
    BYOK does not guarantee:
    • Your messages bypass the vendor's application servers - they still do auth and RAG
    • OpenAI never processes your data - they still receive and respond to the API call
    • Complete data sovereignty - the app layer still processes your messages
    • The vendor cannot log your queries in their own systems - they can unless contractually \
    prohibited
    For full data isolation
    If your compliance requirements need your data to never leave your own infrastructure, you \
    need a self-hosted deployment - not just BYOK. Self-hosting means running the entire AI \
    stack on your own servers. This is a significant engineering investment and is a different \
    category from managed BYOK.
    FAQ
    BYOK architecture - common questions
    A well-designed BYOK system stores your API key in an encrypted secret manager (HashiCorp \
    Vault, AWS Secrets Manager, Azure Key Vault, or equivalent). The key is never stored in \
    plaintext and is retrieved by the application only at the time of an API call. It should \
    not be accessible to application engineers via normal deployment tooling and should be \
    rotatable without service interruption. Ask vendors specifically how they store BYOK keys \
    before providing yours.
    Yes, if the vendor supports it. ChatGridAI accepts both OpenAI.com API keys and Azure \
    OpenAI endpoint keys. If your organization has an Azure enterprise agreement and prefers \
    model calls to go through Azure for compliance reasons, you can use your Azure OpenAI key \
    as your BYOK credential. The billing goes to your Azure account, not OpenAI.com directly.
    If you rotate your key, the old key becomes invalid and the AI tool's model calls will \
    fail until you update the key in the admin dashboard. Most security teams rotate keys \
    quarterly. A good BYOK implementation makes this easy - you delete the old key from \
    OpenAI, generate a new one, and update it in the tool's admin settings in under five \
    minutes with no data loss.
    No meaningful performance difference. The API call to OpenAI is the same regardless of \
    which account's key initiates it. Latency is determined by the OpenAI model, network \
    distance to OpenAI's servers, and the vendor's application processing time - none of which \
    change based on whether the key is yours or the vendor's.
    BYOK is built into ChatGridAI from day one.
    Enter your OpenAI or Azure OpenAI key in the admin dashboard. Direct billing. Instant \
    revocation.
    $5/seat/month - 14-day free trial - no credit card required
    """
}
