"""Who comes to mind today, and why. Pure decisions: values in, values out; the day comes in with the network."""
