package io.parley.socketio.adapter;

/** Makes the adapter of each namespace. */
@FunctionalInterface
public interface AdapterFactory {

    /** Makes the adapter of {@code namespace}; called once, when the namespace is made. */
    Adapter create(LocalNamespace namespace);
}
