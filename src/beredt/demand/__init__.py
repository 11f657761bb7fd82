"""Who needs help where and when: population, rates, and incidents drawn from them."""
