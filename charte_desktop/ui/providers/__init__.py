"""The register of providers."""
