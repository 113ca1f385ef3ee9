// SPDX-License-Identifier: Apache-2.0

import Foundation
import HoneCore
import Synchronization

/// Opens models behind APIs; models of one service share its connections and limits.
///
/// Keys come from the environment or from a command it names, see `KeySource`; they are read when the
/// first model of a service is opened, and kept in memory alone.
public final class RemoteModelOpener: Sendable {
  private let environment: [String: String]
  private let options: RemoteOptions
  private let transport: @Sendable (ProxyAddress?) -> any Transport
  private let services = Mutex<[String: Service]>([:])

  /// Creates an opener that reads settings and keys from an environment.
  public convenience init(
    environment: [String: String], options: RemoteOptions = RemoteOptions()
  ) {
    let limits = options.transport
    self.init(environment: environment, options: options) { NetworkTransport(limits, proxy: $0) }
  }

  init(
    environment: [String: String], options: RemoteOptions,
    transport: @escaping @Sendable (ProxyAddress?) -> any Transport
  ) {
    self.environment = environment
    self.options = options
    self.transport = transport
  }

  /// Opens a model; nothing is sent yet.
  /// - Throws: `unusableModel` for a bad name, a missing key or an address that cannot be used.
  public func open(_ name: String) async throws -> RemoteModel {
    let found = try await find(name)
    return RemoteModel(
      identity: found.identity(as: "model"), model: found.model, capabilities: found.capabilities,
      courier: found.courier)
  }

  /// Opens a model that turns texts into vectors; nothing is sent yet.
  /// - Throws: `unusableModel` as ``open(_:)`` does, and for a provider without such models.
  public func openEmbedder(_ name: String) async throws -> RemoteEmbedder {
    let found = try await find(name)
    guard let dialect = found.courier.dialect.embeddings else {
      let others = Provider.all.filter { $0.dialect.embeddings != nil }.map(\.name)
      throw ModelError(
        .unusableModel,
        "\(found.courier.service.name) has no models that turn texts into vectors; name an "
          + "embedder of \(others.joined(separator: ", ")), a server's address, or a GGUF file")
    }
    return RemoteEmbedder(
      identity: found.identity(as: "embedder"), model: found.model, dialect: dialect,
      courier: found.courier)
  }

  private func find(_ name: String) async throws -> FoundModel {
    let parsed = try RemoteModelName(name)
    switch parsed.place {
    case .provider(let word):
      guard let provider = Provider.named(word) else {
        throw ModelError(.unusableModel, "there is no provider \(word)")
      }
      return try await find(parsed.model, of: provider, name: name)
    case .address(let address):
      let key = try await ServerKey.key(for: address, in: environment)
      let place = URL(string: address).map(Self.hostAndPort) ?? address
      let service = try self.service(place, at: address, key: key)
      return FoundModel(
        name: name, model: parsed.model, address: address, capabilities: ModelCapabilities(),
        courier: Courier(service: service, dialect: ChatCompletions(completesTexts: true)))
    }
  }

  private func find(
    _ model: String, of provider: Provider, name: String
  ) async throws -> FoundModel {
    let address = try self.address(of: provider)
    let key = try await provider.key?.key(in: environment, run: KeyCommand.run)
    if let source = provider.key, key == nil {
      throw ModelError(
        .unusableModel,
        "\(provider.name) needs a key; set \(source.variables[0]), or "
          + "\(source.variables[0])_COMMAND to a command that prints it")
    }
    let service = try self.service(provider.name, at: address, key: key)
    return FoundModel(
      name: name, model: model, address: address, capabilities: provider.capabilities(model),
      courier: Courier(service: service, dialect: provider.dialect))
  }

  private func address(of provider: Provider) throws(ModelError) -> String {
    guard let variable = provider.addressVariable, let text = environment[variable],
      !text.isEmpty
    else {
      guard !provider.address.isEmpty else {
        throw ModelError(
          .unusableModel,
          "\(provider.name) needs an address; set \(provider.addressVariable ?? "it")")
      }
      return provider.address
    }
    let full = text.contains("://") ? text : "http://" + text
    guard let url = URL(string: full), url.host()?.isEmpty == false else {
      throw ModelError(.unusableModel, "the variable \(variable) holds no address that can be read")
    }
    return (full.hasSuffix("/") ? String(full.dropLast()) : full) + provider.addressSuffix
  }

  private func service(
    _ name: String, at address: String, key: SecretKey?
  ) throws(ModelError) -> Service {
    guard let url = URL(string: address) else {
      throw ModelError(.unusableModel, "\(name) has an address that cannot be read")
    }
    let proxy = ProxyAddress(for: url, environment: environment)
    return services.withLock { services in
      if let service = services[address] { return service }
      let service = Service(
        name: name, address: address, key: key,
        transport: transport(proxy), options: options)
      services[address] = service
      return service
    }
  }

  private static func hostAndPort(_ url: URL) -> String {
    (url.host() ?? "") + (url.port.map { ":\($0)" } ?? "")
  }
}
